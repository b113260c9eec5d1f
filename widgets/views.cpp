#include "widgets/attached/alerts_view.h"
#include "widgets/attached/not_here_view.h"
#include "widgets/controls/controls_view.h"
#include "widgets/explore/explore_view.h"
#include "widgets/first_run/first_run_view.h"
#include "widgets/fleet/fleet_view.h"
#include "widgets/health/health_view.h"
#include "widgets/incidents/incidents_view.h"
#include "widgets/map/map_view.h"
#include "widgets/service/service_view.h"
#include "widgets/settings/settings_view.h"
#include "widgets/targets/targets_view.h"
#include "widgets/training/training_view.h"
#include "widgets/view.h"

#include <QCoreApplication>

#include <utility>

namespace holdfast::widgets {

namespace {

template <typename ViewClass>
ViewEntry entry(const char* id, const QString& title, int digit, bool needsEngine)
{
    return {QLatin1String(id),
            title,
            QLatin1String(id),
            digit,
            needsEngine,
            [](const ViewContext& context, QWidget* parent) -> View* { return new ViewClass(context, parent); }};
}

QString words(const char* text)
{
    return QCoreApplication::translate("Views", text);
}

}  // namespace

std::vector<ViewEntry> builtViews()
{
    ViewEntry firstRun = entry<FirstRunView>("first_run", words("Welcome"), 0, true);
    firstRun.listed = false;  // the window goes there by itself; later "Add target…" does the same
    return {entry<FleetView>("fleet", words("Fleet"), 1, false),
            entry<ServiceView>("service", words("Service"), 2, false),
            entry<MapView>("map", words("Map"), 3, false),
            entry<ControlsView>("controls", words("Controls"), 4, true),
            entry<IncidentsView>("incidents", words("Incidents"), 5, true),
            entry<ExploreView>("explore", words("Explore"), 6, false),
            entry<TargetsView>("targets", words("Targets"), 7, false),
            entry<TrainingView>("training", words("Training"), 8, false),
            entry<HealthView>("health", words("Health"), 0, true),
            entry<SettingsView>("settings", words("Settings"), 0, false),
            std::move(firstRun)};
}

std::vector<ViewEntry> attachedViews()
{
    std::vector<ViewEntry> views;
    for (ViewEntry& view : builtViews()) {
        if (view.id == QLatin1String("first_run"))
            continue;  // nothing can be added there
        if (view.id == QLatin1String("incidents")) {
            view.title = words("Alerts");
            view.make = [](const ViewContext& context, QWidget* parent) -> View* {
                return new AlertsView(context, parent);
            };
        } else if (view.needsEngine) {
            view.make = [id = view.id](const ViewContext& context, QWidget* parent) -> View* {
                return new NotHereView(context, id, parent);
            };
        }
        views.push_back(std::move(view));
    }
    return views;
}

}  // namespace holdfast::widgets
