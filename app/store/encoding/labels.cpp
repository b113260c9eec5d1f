#include "app/store/encoding/labels.h"

namespace holdfast::store {

void appendLabels(const LabelSet& labels, std::string& out)
{
    ByteWriter w(out);
    w.varint(labels.size());
    for (const Label& label : labels) {
        w.text(label.name);
        w.text(label.value);
    }
}

LabelSet readLabels(ByteReader& in)
{
    std::vector<Label> labels;
    for (std::uint64_t n = in.count(in.left()); n > 0 && !in.failed(); --n) {
        std::string name(in.text());
        std::string value(in.text());
        labels.push_back({std::move(name), std::move(value)});
    }
    return LabelSet(std::move(labels));
}

}  // namespace holdfast::store
