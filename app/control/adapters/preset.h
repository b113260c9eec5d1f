#pragma once

#include "app/base/result.h"
#include "app/control/adapters/preset_pointer.h"
#include "app/control/adapters/preset_template.h"
#include "app/control/control_point.h"
#include "app/control/control_shape.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace holdfast::control {

/// Where in an answer a text is found.
struct PresetField {
    PresetPointer at;
    bool key = false;                    ///< "$key": the member's name, or the position, of the `each`
    bool etag = false;                   ///< "$etag": the answer's ETag
    std::string match;                   ///< RE2; the first group of the first match is taken
    std::optional<std::string> missing;  ///< what a value that is not there means
    bool base64 = false;                 ///< decoded
    int line = 0;
};

struct PresetCondition {
    enum class Kind { Is, IsNot, Missing, Present, Starts, Holds } kind = Kind::Is;
    PresetField field;
    PresetTemplate text;
};

/// A JSON body, with variables in its texts.
struct PresetBody {
    enum class Kind { Literal, Text, Object, Array, Edit } kind = Kind::Literal;
    nlohmann::json literal;
    PresetTemplate text;
    std::vector<std::pair<PresetTemplate, PresetBody>> members;
    std::vector<PresetBody> elements;
    /// Edit: what was captured, with these changes, in this order.
    std::string capture;
    struct Change {
        enum class Kind { Set, Append, Drop } kind = Kind::Set;
        PresetPointer at;
        std::vector<PresetBody> value;            ///< one; none for Drop
        std::vector<PresetCondition> conditions;  ///< Drop: elements for which all hold
    };
    std::vector<Change> changes;
};

struct PresetRequest {
    std::string method = "GET";
    PresetTemplate url;  ///< path below the endpoint's URL, from its slash on, with query
    std::vector<std::pair<std::string, PresetTemplate>> headers;
    std::string contentType;  ///< empty: that of the body's kind
    std::optional<PresetBody> json;
    std::vector<std::pair<std::string, PresetBody>> form;  ///< texts as they are, other values as JSON
    std::optional<PresetTemplate> text;
    bool formTwice = false;  ///< percent-encoded twice, for those who decode twice
    std::string rows;        ///< RE2 with named groups: a plain answer becomes a list of objects, one for each match
    int line = 0;
};

/// What an answer means; the first that fits is taken.
struct PresetAnswer {
    enum class Means { Accepted, Rejected, Conflict, Denied, Ambiguous };
    std::vector<int> statuses;  ///< empty: any 2xx
    std::vector<PresetCondition> when;
    Means means = Means::Accepted;
    std::string say;
    std::optional<PresetField> theirs;  ///< Conflict: the value that is there now
};

/// How one item of an answer is read as a control.
struct PresetItem {
    std::vector<PresetCondition> where;
    std::optional<PresetField> name, value, revision, keep, ends, request, actor, about, callee, computed, failure;
};

/// A request whose answer holds controls.
struct PresetSource {
    PresetRequest request;
    PresetPointer each;  ///< list: many items; read: the items to choose from, or the one item
    PresetItem item;
    std::uint64_t pageSize = 0;         ///< list: asked again with {offset} until fewer items than this come
    bool noneIs404 = false;             ///< list: 404 means that there are none
    std::optional<std::string> absent;  ///< read: the value where no item is there; else that is "not listed"
    int line = 0;
};

struct PresetState {
    std::vector<PresetTemplate> values;  ///< one of these; empty: any
    std::vector<PresetCondition> when;
    std::string state;
    std::string mode;  ///< empty: the value itself
    std::string word;
    Meaning meaning = Meaning::Unknown;
    bool forced = false;
    std::string locked;
};

/// Something to be sent before the change itself, that changes nothing by itself.
struct PresetStep {
    PresetRequest request;
    std::vector<std::pair<std::string, PresetPointer>> captures;
};

/// How a mode is asked for.
struct PresetAct {
    std::string mode;  ///< options only
    std::string label;
    std::vector<PresetStep> first;
    PresetRequest request;
    std::vector<PresetAnswer> answers;
    int line = 0;
};

struct PresetSetting {
    std::string name;
    std::optional<std::string> fallback;  ///< without: must be given
    bool secret = false;
    std::string about;
};

/// A system over HTTP, as its YAML file tells it; the schema is resources/presets/README.md. Immutable.
struct Preset {
    std::string name, title, about, proven;
    std::string file;
    Kind kind = Kind::Flag;
    std::string flagKind;
    std::string scope = "instance";  ///< instance, cluster
    std::int64_t timeoutMs = 0;  ///< of one call with all its requests, where it is below the group's; 0: the group's
    std::string path;            ///< below host:port where the group gives none
    std::string auth = "none";   ///< none, bearer, basic, header
    std::string authHeader = "Authorization";
    std::vector<PresetSetting> settings;
    std::vector<PresetSource> lists;
    std::optional<PresetSource> read;
    std::optional<PresetSource> verify;
    std::string verifyToken;  ///< setting with the token of the second path
    std::string verifyWords;  ///< how the second path is called
    std::vector<PresetState> states;
    std::vector<PresetAct> options;
    std::optional<PresetAct> number;
    NumberRange range;
    std::optional<PresetAct> text;
    std::size_t mostText = 0;
    std::vector<PresetAnswer> answers;  ///< for all acts, after their own
    std::string metric;                 ///< PromQL template, see Reading::metricExpr
    std::string resting;
    bool nativeHold = false, lostOnRestart = false;
    std::int64_t fadesAfterS = 0;
    std::string countsNothing, readOnly;
    std::vector<std::string> warnings;  ///< told with every listing
};
using PresetPtr = std::shared_ptr<const Preset>;

/// Reads a preset.
///
/// given   values of settings, put in where templates of modes and states name them; those not given take their
///         defaults
/// Errors  BadInput with file, line and column: unknown keys, templates, pointers, variables that nobody sets, settings
///         that are missing or that the preset does not have, no answer that means accepted, states without meaning
[[nodiscard]] Result<PresetPtr> readPreset(std::string_view yaml, const std::string& file,
                                           const std::map<std::string, std::string>& given);

/// The same with a placeholder <NAME> for every setting that must be given and is not: for looking at a preset alone.
[[nodiscard]] Result<PresetPtr> sketchPreset(std::string_view yaml, const std::string& file,
                                             const std::map<std::string, std::string>& given);

struct BuiltinPreset {
    std::string_view name;  ///< file name below resources/presets, without .yml
    std::string_view text;
};
/// The presets compiled into the program, by name.
[[nodiscard]] std::vector<BuiltinPreset> builtinPresets();

/// The text of a built-in preset, or of a file where the name ends with .yml or .yaml.
/// Errors  NotFound with the names there are
struct PresetText {
    std::string file;
    std::string text;
};
[[nodiscard]] Result<PresetText> findPreset(const std::string& name);

}  // namespace holdfast::control
