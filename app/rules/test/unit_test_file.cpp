#include "app/rules/test/unit_test_file.h"

#include "app/rules/test/series_notation.h"
#include "app/rules/yaml_reader.h"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace holdfast::rules {

namespace {

LabelSet metric(YamlReader& reader, const YAML::Node& node, std::string_view what)
{
    auto labels = parseMetric(reader.text(node, what));
    if (labels.ok())
        return std::move(labels).value();
    reader.error(node, std::string(what) + " \"" + reader.text(node, what) + "\": " + labels.error().message);
    return {};
}

UnitSeries readSeries(YamlReader& reader, const YAML::Node& node)
{
    UnitSeries out;
    reader.mapping(node, "input_series", [&](const std::string& key, const YAML::Node& value) {
        if (key == "series") {
            out.labels = metric(reader, value, key);
        } else if (key == "values") {
            auto values = parseSeriesValues(reader.text(value, key));
            if (values.ok())
                out.values = std::move(values).value();
            else
                reader.error(value, "values: " + values.error().message);
        } else {
            return false;
        }
        return true;
    });
    return out;
}

/// Every item of a sequence, as `read` reads one.
template <typename Item>
std::vector<Item> readAll(YamlReader& reader, const YAML::Node& node, std::string_view what,
                          Item (*read)(YamlReader&, const YAML::Node&))
{
    std::vector<Item> items;
    reader.sequence(node, what, [&](const YAML::Node& item) { items.push_back(read(reader, item)); });
    return items;
}

ExpectedAlert readExpectedAlert(YamlReader& reader, const YAML::Node& node)
{
    ExpectedAlert out;
    reader.mapping(node, "exp_alerts", [&](const std::string& key, const YAML::Node& value) {
        if (key == "exp_labels")
            out.labels = LabelSet(reader.labels(value, key));
        else if (key == "exp_annotations")
            out.annotations = LabelSet(reader.labels(value, key));
        else
            return false;
        return true;
    });
    return out;
}

ExpectedSample readExpectedSample(YamlReader& reader, const YAML::Node& node)
{
    ExpectedSample out;
    reader.mapping(node, "exp_samples", [&](const std::string& key, const YAML::Node& value) {
        if (key == "labels")
            out.labels = metric(reader, value, key);
        else if (key == "value")
            out.value = reader.number(value, key);
        else
            return false;
        return true;
    });
    return out;
}

AlertCase readAlertCase(YamlReader& reader, const YAML::Node& node)
{
    AlertCase out;
    out.place = YamlReader::place(node);
    reader.mapping(node, "alert_rule_test", [&](const std::string& key, const YAML::Node& value) {
        if (key == "eval_time") {
            out.evalMs = reader.duration(value, key);
        } else if (key == "alertname") {
            out.alert = reader.text(value, key);
        } else if (key == "exp_alerts") {
            out.expected = readAll(reader, value, key, readExpectedAlert);
        } else {
            return false;
        }
        return true;
    });
    return out;
}

ExpressionCase readExpressionCase(YamlReader& reader, const YAML::Node& node)
{
    ExpressionCase out;
    out.place = YamlReader::place(node);
    reader.mapping(node, "promql_expr_test", [&](const std::string& key, const YAML::Node& value) {
        if (key == "eval_time") {
            out.evalMs = reader.duration(value, key);
        } else if (key == "expr") {
            out.expr = reader.text(value, key);
        } else if (key == "exp_samples") {
            out.expected = readAll(reader, value, key, readExpectedSample);
        } else {
            return false;
        }
        return true;
    });
    return out;
}

UnitTestGroup readGroup(YamlReader& reader, const YAML::Node& node)
{
    UnitTestGroup out;
    out.place = YamlReader::place(node);
    reader.mapping(node, "test", [&](const std::string& key, const YAML::Node& value) {
        if (key == "name") {
            out.name = reader.text(value, key);
        } else if (key == "interval") {
            out.intervalMs = reader.duration(value, key);
        } else if (key == "start_timestamp") {
            out.startMs = reader.integer(value, key) * 1000;
        } else if (key == "input_series") {
            out.series = readAll(reader, value, key, readSeries);
        } else if (key == "alert_rule_test") {
            out.alerts = readAll(reader, value, key, readAlertCase);
        } else if (key == "promql_expr_test") {
            out.expressions = readAll(reader, value, key, readExpressionCase);
        } else if (key == "external_labels") {
            out.externalLabels = LabelSet(reader.labels(value, key));
        } else if (key == "external_url") {
            out.externalUrl = reader.text(value, key);
        } else {
            return false;
        }
        return true;
    });
    return out;
}

}  // namespace

UnitTestFile parseUnitTestFile(std::string_view text, const std::string& file)
{
    UnitTestFile out;
    out.file = file;
    YamlReader reader{file};
    const YAML::Node root = reader.load(text);
    const auto folder = std::filesystem::path(file).parent_path();
    if (root.IsDefined()) {
        reader.mapping(root, "unit test file", [&](const std::string& key, const YAML::Node& value) {
            if (key == "rule_files") {
                reader.sequence(value, key, [&](const YAML::Node& item) {
                    const std::filesystem::path path = reader.text(item, key);
                    out.ruleFiles.push_back(path.is_absolute() ? path.string() : (folder / path).string());
                });
            } else if (key == "evaluation_interval") {
                out.evaluationIntervalMs = reader.duration(value, key);
            } else if (key == "group_eval_order") {
                reader.sequence(value, key,
                                [&](const YAML::Node& item) { out.groupEvalOrder.push_back(reader.text(item, key)); });
            } else if (key == "fuzzy_compare") {
                out.fuzzyCompare = reader.boolean(value, key);
            } else if (key == "tests") {
                reader.sequence(value, key,
                                [&](const YAML::Node& item) { out.tests.push_back(readGroup(reader, item)); });
            } else {
                return false;
            }
            return true;
        });
    }
    if (out.evaluationIntervalMs <= 0)
        out.evaluationIntervalMs = 60'000;
    out.errors = std::move(reader.errors());
    return out;
}

UnitTestFile readUnitTestFile(const std::string& file)
{
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    if (in)
        text << in.rdbuf();
    if (!in || text.fail()) {
        UnitTestFile out;
        out.file = file;
        out.errors.push_back({file, {}, "cannot be read; does it exist, and is it a file?"});
        return out;
    }
    return parseUnitTestFile(text.str(), file);
}

}  // namespace holdfast::rules
