#pragma once

#include "app/model/label_set.h"
#include "app/store/matchers.h"
#include "app/store/symbol_table.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace holdfast::store {

/// Number of a series in the file and in memory; 0 is none.
using SeriesRef = std::uint32_t;

/// Who is who: label sets by number, numbers by label set, and for every label value the series that have it.
///
/// Invariants: 1. a number once given names the same labels for ever; 2. postings ascend; 3. only posted series are
/// found by match(), names() and values(). One writer at a time; reading beside reading is safe.
class SeriesIndex {
public:
    /// The number of these labels, 0 when they are unknown.
    [[nodiscard]] SeriesRef find(const LabelSet& labels) const;
    /// Gives the next number to labels that find() does not know.
    SeriesRef add(const LabelSet& labels);
    /// Gives a number out of the file, beyond all that are taken or into a hole.
    void restore(SeriesRef ref, const LabelSet& labels);

    /// Makes a series findable, or no longer so (its samples are gone; its number stays).
    void post(SeriesRef ref);
    void unpost(SeriesRef ref);

    [[nodiscard]] LabelSet labels(SeriesRef ref) const;
    [[nodiscard]] std::string_view value(SeriesRef ref, std::string_view name) const;
    [[nodiscard]] bool knows(SeriesRef ref) const { return ref < m_entries.size() && m_entries[ref].known; }
    [[nodiscard]] std::size_t posted() const { return m_posted; }
    [[nodiscard]] SeriesRef highest() const { return static_cast<SeriesRef>(m_entries.size() - 1); }

    /// Posted series for which all matchers hold, ascending.
    [[nodiscard]] std::vector<SeriesRef> match(std::span<const CompiledMatcher> matchers) const;

    using Visitor = std::function<void(std::string_view value, std::span<const SeriesRef> series)>;
    /// Every value of a label with its series, in no order.
    void visitValues(std::string_view name, const Visitor& visit) const;
    /// Every label name with posted series, in no order.
    [[nodiscard]] std::vector<std::string_view> names() const;

private:
    struct Entry {
        std::uint32_t offset = 0;  // of the first name in m_pairs
        std::uint32_t hash = 0;
        std::uint16_t labels = 0;
        bool known = false;
        bool posted = false;
    };
    using Postings = std::vector<SeriesRef>;

    void store(SeriesRef ref, const LabelSet& labels);
    [[nodiscard]] bool equals(const Entry& entry, const LabelSet& labels) const;
    void putInTable(SeriesRef ref);
    void growTable();
    [[nodiscard]] std::vector<SeriesRef> everything() const;
    [[nodiscard]] std::vector<SeriesRef> candidates(std::span<const CompiledMatcher> matchers,
                                                    std::vector<bool>& done) const;
    [[nodiscard]] const Postings* postings(std::string_view name, std::string_view value) const;

    SymbolTable m_symbols;
    std::vector<Entry> m_entries{Entry{}};  // by number; 0 is none
    std::vector<std::uint32_t> m_pairs;     // name, value, name, value …
    std::vector<SeriesRef> m_table;         // open addressing by hash; 0 is free; size a power of two
    std::size_t m_inTable = 0;
    std::size_t m_posted = 0;
    std::unordered_map<std::uint32_t, std::unordered_map<std::uint32_t, Postings>> m_postings;
};

}  // namespace holdfast::store
