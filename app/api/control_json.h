#pragma once

#include "app/api/json_writer.h"
#include "app/control/action.h"
#include "app/control/control_point.h"
#include "app/control/effect_view.h"

#include <vector>

namespace holdfast::api {

// The objects of API.md, each as one JSON value.
void writeControl(JsonWriter& json, const control::ControlPoint& point);
/// "lines": what a change did to each signal.
void writeEffectLines(JsonWriter& json, const std::vector<control::EffectLine>& lines);
void writeLease(JsonWriter& json, const control::LeaseView& lease);
void writeEffectView(JsonWriter& json, const control::EffectView& view);
void writeAction(JsonWriter& json, const control::Action& action);
void writePlan(JsonWriter& json, const control::Plan& plan);
void writeAuditRow(JsonWriter& json, const control::AuditRow& row);

}  // namespace holdfast::api
