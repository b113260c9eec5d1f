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
            reader.sequence(value, key, [&](const YAML::Node& item) {
                ExpectedAlert expected;
                reader.mapping(item, "exp_alerts", [&](const std::string& field, const YAML::Node& texts) {
                    if (field == "exp_labels")
                        expected.labels = LabelSet(reader.labels(texts, field));
                    else if (field == "exp_annotations")
                        expected.annotations = LabelSet(reader.labels(texts, field));
                    else
                        return false;
                    return true;
                });
                out.expected.push_back(std::move(expected));
            });
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
            reader.sequence(value, key, [&](const YAML::Node& item) {
                ExpectedSample expected;
                reader.mapping(item, "exp_samples", [&](const std::string& field, const YAML::Node& part) {
                    if (field == "labels")
                        expected.labels = metric(reader, part, field);
                    else if (field == "value")
                        expected.value = reader.number(part, field);
                    else
                        return false;
                    return true;
                });
                out.expected.push_back(std::move(expected));
            });
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
            reader.sequence(value, key,
                            [&](const YAML::Node& item) { out.series.push_back(readSeries(reader, item)); });
        } else if (key == "alert_rule_test") {
            reader.sequence(value, key,
                            [&](const YAML::Node& item) { out.alerts.push_back(readAlertCase(reader, item)); });
        } else if (key == "promql_expr_test") {
            reader.sequence(value, key, [&](const YAML::Node& item) {
                out.expressions.push_back(readExpressionCase(reader, item));
            });
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
