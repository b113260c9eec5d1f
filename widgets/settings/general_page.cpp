#include "widgets/settings/general_page.h"

#include "widgets/main_window/language.h"
#include "widgets/settings/preferences.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QRadioButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QTime>
#include <QTimeEdit>
#include <QVBoxLayout>

#include <utility>
#include <vector>

namespace holdfast::widgets {

namespace {

constexpr int textStep = 10;
constexpr int sliderWidth = 300;
constexpr int sliderHeight = 32;

QTime timeOfDay(int minutes)
{
    return QTime(0, 0).addSecs(minutes * 60);
}

/// One of several, in a row.
QButtonGroup* choice(const std::vector<std::pair<int, QString>>& options, int current, QBoxLayout* into,
                     QWidget* parent)
{
    auto* group = new QButtonGroup(parent);
    auto* row = new QHBoxLayout;
    row->setSpacing(18);
    for (const auto& [id, text] : options) {
        auto* button = new QRadioButton(text, parent);
        button->setChecked(id == current);
        group->addButton(button, id);
        row->addWidget(button);
    }
    row->addStretch(1);
    into->addLayout(row);
    return group;
}

}  // namespace

GeneralPage::GeneralPage(const Theme& theme, Preferences& preferences, QWidget* parent) : QWidget(parent)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    const auto title = [&](const QString& text) {
        layout->addSpacing(10);
        layout->addWidget(new RoleLabel(theme, TextRole::Strong, text, this));
    };
    const auto remark = [&](const QString& text) {
        auto* label = new RoleLabel(theme, TextRole::Small, text, this);
        label->setWordWrap(true);
        layout->addWidget(label);
    };

    title(tr("Look"));
    auto* looks = choice({{static_cast<int>(ThemeChoice::Dark), tr("Dark")},
                          {static_cast<int>(ThemeChoice::Light), tr("Light")},
                          {static_cast<int>(ThemeChoice::System), tr("As the desktop")}},
                         static_cast<int>(preferences.theme()), layout, this);
    looks->setObjectName(QStringLiteral("lookChoice"));
    connect(looks, &QButtonGroup::idClicked, &preferences,
            [&preferences](int id) { preferences.setTheme(static_cast<ThemeChoice>(id)); });

    title(tr("Size of texts"));
    auto* row = new QHBoxLayout;
    auto* slider = new QSlider(Qt::Horizontal, this);
    slider->setObjectName(QStringLiteral("textSize"));
    slider->setAccessibleName(tr("Size of texts in percent"));
    slider->setRange(Preferences::leastText / textStep, Preferences::mostText / textStep);
    slider->setPageStep(1);
    slider->setTickPosition(QSlider::TicksBelow);
    const auto fit = [&theme, slider] { slider->setFixedSize(theme.px(sliderWidth), theme.px(sliderHeight)); };
    connect(&theme, &Theme::changed, slider, fit);
    fit();
    slider->setValue(preferences.textPercent() / textStep);
    auto* percent = new RoleLabel(theme, TextRole::Body, tr("%1 %").arg(preferences.textPercent()), this);
    row->addWidget(slider);
    row->addWidget(percent);
    row->addStretch(1);
    layout->addLayout(row);
    connect(slider, &QSlider::valueChanged, &preferences,
            [&preferences](int value) { preferences.setTextPercent(value * textStep); });

    title(tr("Times"));
    auto* zones = choice(
        {{static_cast<int>(ShownZone::Utc), tr("UTC")}, {static_cast<int>(ShownZone::Local), tr("Of this computer")}},
        static_cast<int>(preferences.zone()), layout, this);
    connect(zones, &QButtonGroup::idClicked, &preferences,
            [&preferences](int id) { preferences.setZone(static_cast<ShownZone>(id)); });
    remark(tr("UTC lets people in two zones talk about one incident."));

    title(tr("Numbers"));
    auto* numbers = choice({{static_cast<int>(NumberStyle::System), tr("As the system")},
                            {static_cast<int>(NumberStyle::Point), QStringLiteral("1.84")},
                            {static_cast<int>(NumberStyle::Comma), QStringLiteral("1,84")}},
                           static_cast<int>(preferences.numbers()), layout, this);
    numbers->setObjectName(QStringLiteral("numberChoice"));
    connect(numbers, &QButtonGroup::idClicked, &preferences,
            [&preferences](int id) { preferences.setNumbers(static_cast<NumberStyle>(id)); });
    remark(tr("What is copied or exported always has a point."));

    title(tr("My shift"));
    auto* shiftRow = new QHBoxLayout;
    shiftRow->setSpacing(18);
    auto* shiftStart = new QTimeEdit(timeOfDay(preferences.shiftStartMin()), this);
    shiftStart->setObjectName(QStringLiteral("shiftStart"));
    shiftStart->setAccessibleName(tr("When a shift begins"));
    shiftStart->setLayoutDirection(Qt::LeftToRight);  // else 08:00 reads 00:08 there
    shiftStart->setDisplayFormat(QStringLiteral("HH:mm"));
    shiftRow->addWidget(shiftStart);
    auto* shifts =
        choice({{8, tr("8 h")}, {12, tr("12 h")}, {24, tr("24 h")}}, preferences.shiftHours(), shiftRow, this);
    layout->addLayout(shiftRow);
    const auto keepShift = [&preferences, shiftStart, shifts] {
        preferences.setShift(QTime(0, 0).secsTo(shiftStart->time()) / 60, shifts->checkedId());
    };
    connect(shiftStart, &QTimeEdit::timeChanged, &preferences, keepShift);
    connect(shifts, &QButtonGroup::idClicked, &preferences, keepShift);
    remark(tr("For “this shift” among the time ranges."));

    title(tr("Language"));
    std::vector<std::pair<int, QString>> languages{{0, tr("As the system")}};
    int spoken = 0;
    for (const QString& code : spokenLanguages()) {
        languages.emplace_back(static_cast<int>(languages.size()), languageName(code));
        spoken = code == chosenLanguage() ? languages.back().first : spoken;
    }
    auto* language = choice(languages, spoken, layout, this);
    language->setObjectName(QStringLiteral("languageChoice"));
    auto* again = new FlatButton(theme, tr("Start the window again"), this);
    again->setObjectName(QStringLiteral("startAgain"));
    again->setEnabled(false);
    layout->addWidget(again);
    connect(again, &FlatButton::clicked, &preferences, &Preferences::askRestart);
    connect(language, &QButtonGroup::idClicked, this, [again, spoken](int id) {
        chooseLanguage(id == 0 ? QString() : spokenLanguages().at(id - 1));
        again->setEnabled(id != spoken);
    });
    remark(tr("Holds when the window starts next; the engine goes on meanwhile."));

    title(tr("Keys"));
    auto* keys = new QCheckBox(tr("Single letters, digits and signs are commands"), this);
    keys->setObjectName(QStringLiteral("singleKeys"));
    keys->setChecked(preferences.singleKeys());
    layout->addWidget(keys);
    connect(keys, &QCheckBox::toggled, &preferences, &Preferences::setSingleKeys);
    remark(tr("No single key changes production. Off, only keys with Ctrl or Alt, function keys, arrows and Esc do "
              "something."));

    title(tr("Sound"));
    auto* sound = new QCheckBox(tr("One for each new incident, again every minute until it is acknowledged"), this);
    sound->setObjectName(QStringLiteral("sound"));
    sound->setChecked(Preferences::sound());
    layout->addWidget(sound);
    connect(sound, &QCheckBox::toggled, &preferences, &Preferences::setSound);

    title(tr("Motion"));
    auto* motion = new QCheckBox(tr("Nothing blinks or fades"), this);
    motion->setChecked(preferences.reducedMotion());
    layout->addWidget(motion);
    connect(motion, &QCheckBox::toggled, &preferences, &Preferences::setReducedMotion);
    remark(tr("Charts never move by animation, whatever is chosen here."));
    layout->addStretch(1);

    connect(&preferences, &Preferences::changed, this, [&preferences, looks, zones, slider, percent, keys, motion] {
        if (QAbstractButton* look = looks->button(static_cast<int>(preferences.theme())))
            look->setChecked(true);
        if (QAbstractButton* zone = zones->button(static_cast<int>(preferences.zone())))
            zone->setChecked(true);
        const QSignalBlocker quiet(slider);
        slider->setValue(preferences.textPercent() / textStep);
        percent->setText(tr("%1 %").arg(preferences.textPercent()));
        keys->setChecked(preferences.singleKeys());
        motion->setChecked(preferences.reducedMotion());
    });
}

}  // namespace holdfast::widgets
