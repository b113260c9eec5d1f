#include "collectors/scrape/sample_labels.h"

namespace holdfast::scrape {

LabelSet joinLabels(const LabelSet& exposed, const LabelSet& target, bool honorLabels)
{
    std::vector<Label> labels;
    labels.reserve(exposed.size() + target.size());
    if (honorLabels) {
        // Of equal names the later one stays.
        labels.assign(target.begin(), target.end());
        labels.insert(labels.end(), exposed.begin(), exposed.end());
        return LabelSet(std::move(labels));
    }
    // Both are ascending, and so is what comes out: LabelSet has little left to sort.
    std::vector<Label> conflicting;
    auto ours = target.begin();
    for (const Label& label : exposed) {
        while (ours != target.end() && ours->name < label.name)
            labels.push_back(*ours++);
        if (ours != target.end() && ours->name == label.name)
            conflicting.push_back(label);
        else
            labels.push_back(label);
    }
    labels.insert(labels.end(), ours, target.end());
    for (Label& label : conflicting) {
        const auto taken = [&](const std::string& name) {
            for (const Label& other : labels) {
                if (other.name == name)
                    return true;
            }
            return false;
        };
        do
            label.name.insert(0, "exported_");
        while (taken(label.name) || exposed.has(label.name));
        labels.push_back(std::move(label));
    }
    return LabelSet(std::move(labels));
}

Result<std::optional<LabelSet>> seriesLabels(const LabelSet& exposed, const LabelSet& target,
                                             const config::ScrapeConfig& job, const discovery::Relabeling& relabeling)
{
    std::optional<LabelSet> labels = joinLabels(exposed, target, job.honorLabels);
    if (!relabeling.empty()) {
        labels = relabeling.apply(*labels);
        if (!labels || labels->empty())
            return std::optional<LabelSet>();
    }
    if (labels->metricName().empty())
        return Error{"missing metric name (__name__ label)", ErrorKind::BadInput};
    const auto number = [](std::uint64_t n) { return std::to_string(n); };
    if (job.labelLimit > 0 && labels->size() > job.labelLimit)
        return Error{"label_limit exceeded (metric: " + std::string(labels->metricName().substr(0, 50))
                         + ", number of labels: " + number(labels->size()) + ", limit: " + number(job.labelLimit) + ")",
                     ErrorKind::Limit};
    for (const Label& label : *labels) {
        if (job.labelNameLengthLimit > 0 && label.name.size() > job.labelNameLengthLimit)
            return Error{"label_name_length_limit exceeded (metric: " + std::string(labels->metricName().substr(0, 50))
                             + ", length: " + number(label.name.size()) + ", limit: " + number(job.labelNameLengthLimit)
                             + ")",
                         ErrorKind::Limit};
        if (job.labelValueLengthLimit > 0 && label.value.size() > job.labelValueLengthLimit)
            return Error{"label_value_length_limit exceeded (metric: " + std::string(labels->metricName().substr(0, 50))
                             + ", label: " + label.name + ", length: " + number(label.value.size())
                             + ", limit: " + number(job.labelValueLengthLimit) + ")",
                         ErrorKind::Limit};
    }
    return labels;
}

}  // namespace holdfast::scrape
