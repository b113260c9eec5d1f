#pragma once

#include "app/api/json_writer.h"
#include "app/incident/effect_history.h"
#include "app/incident/incident.h"
#include "app/incident/shelf.h"

#include <string>
#include <string_view>
#include <vector>

namespace holdfast::api {

// The objects of API.md, each as one JSON value.
void writeEvent(JsonWriter& json, const incident::Event& event);
void writeSignal(JsonWriter& json, const incident::IncidentSignal& signal);
void writeDetail(JsonWriter& json, const incident::IncidentDetail& detail);
void writeShelf(JsonWriter& json, const incident::Shelf& shelf);
void writeEffect(JsonWriter& json, const incident::ChangeEffect& effect);
/// The members of a list line, without the braces.
void writeSummary(JsonWriter& json, const incident::IncidentSummary& summary);

}  // namespace holdfast::api
