#include "app/promql/exec/grouping.h"

#include <algorithm>

namespace holdfast::promql {

LabelChoice labelChoice(std::vector<std::string> names, bool keep)
{
    std::ranges::sort(names);
    return {std::move(names), keep};
}

LabelSet chosen(const LabelSet& labels, const LabelChoice& choice)
{
    std::vector<Label> out;
    for (const Label& label : labels) {
        const bool listed = std::ranges::binary_search(choice.names, label.name);
        if (choice.keep ? listed : !listed && !isMetricIdentity(label.name))
            out.push_back(label);
    }
    return LabelSet(std::move(out));
}

std::size_t GroupIndex::add(const LabelSet& labels)
{
    LabelSet key = chosen(labels, m_choice);
    const auto [it, fresh] = m_index.try_emplace(std::move(key), m_keys.size());
    if (fresh)
        m_keys.push_back(std::make_shared<const LabelSet>(it->first));
    return it->second;
}

}  // namespace holdfast::promql
