#include "widgets/training/training_view.h"

#include "widgets/navigator.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"
#include "widgets/training/experiment_chart.h"
#include "widgets/training/figures_table.h"

#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QProgressBar>
#include <QScrollArea>
#include <QStandardPaths>
#include <QVBoxLayout>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr int listWidth = 220;
/// Text longer than this is hard to read, however wide the window.
constexpr int textWidth = 860;

QString holdfastBesideThis()
{
    return QCoreApplication::applicationDirPath() + QStringLiteral("/holdfast");
}

QString ownResults()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + QStringLiteral("/training");
}

ExperimentBook recordedBook()
{
    auto book = readExperimentBook(QStringLiteral(":/training/results.json"));
    return book ? std::move(*book) : ExperimentBook{};
}

RoleLabel* wrapped(const Theme& theme, TextRole role, QWidget* parent)
{
    auto* label = new RoleLabel(theme, role, QString(), parent);
    label->setWordWrap(true);
    label->setMaximumWidth(textWidth);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

/// Gives its labels the height that their lines need, broken at the width they have: a column reckons with lines as
/// long as itself.
class Page : public QWidget {
public:
    using QWidget::QWidget;

protected:
    bool event(QEvent* event) override
    {
        if (layout() && (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest)) {
            const QMargins margins = layout()->contentsMargins();
            const int room = width() - margins.left() - margins.right();
            for (QLabel* label : findChildren<QLabel*>(QString(), Qt::FindDirectChildrenOnly)) {
                if (label->wordWrap())
                    label->setMinimumHeight(std::max(0, label->heightForWidth(std::min(room, textWidth))));
            }
        }
        return QWidget::event(event);
    }
};

}  // namespace

TrainingView::TrainingView(const ViewContext& context, QWidget* parent)
    : TrainingView(context, holdfastBesideThis(), ownResults(), parent)
{
}

TrainingView::TrainingView(const ViewContext& context, const QString& program, const QString& directory,
                           QWidget* parent)
    : View(parent),
      m_context(context),
      m_practices(practices()),
      m_child(program, directory, nullptr),
      m_recorded(recordedBook()),
      m_list(new QListWidget(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    buildHead(layout);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(16);
    layout->addLayout(middle, 1);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setAccessibleName(tr("Practices"));
    for (const Practice& one : m_practices) {
        new QListWidgetItem(QStringLiteral("  ") + one.title, m_list);
    }
    const auto fitList = [this] {
        m_list->setFixedWidth(m_context.theme.px(listWidth));
        for (int i = 0; i < m_list->count(); ++i)
            m_list->item(i)->setSizeHint({listWidth, m_context.theme.px(30)});
    };
    fitList();
    connect(&context.theme, &Theme::changed, m_list, fitList);
    middle->addWidget(m_list);
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    auto* page = new Page(scroll);
    auto* pageLayout = new QVBoxLayout(page);
    pageLayout->setContentsMargins(0, 0, 12, 0);
    pageLayout->setSpacing(8);
    buildPage(pageLayout);
    scroll->setWidget(page);
    middle->addWidget(scroll, 1);

    m_list->setCurrentRow(0);
    connect(m_list, &QListWidget::currentRowChanged, this, &TrainingView::showPractice);
    connect(&m_child, &ExperimentChild::progressed, this, &TrainingView::showProgress);
    connect(&m_child, &ExperimentChild::finished, this, &TrainingView::takeResult);
    showPractice();
}

void TrainingView::buildHead(QVBoxLayout* layout)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(10);
    row->addWidget(new RoleLabel(m_context.theme, TextRole::Headline, tr("Training"), this));
    row->addWidget(new RoleLabel(m_context.theme, TextRole::Secondary,
                                 tr("Nine practices of systems that keep working, each with its proof"), this));
    row->addStretch(1);
    layout->addLayout(row);
}

void TrainingView::buildPage(QVBoxLayout* layout)
{
    QWidget* page = layout->parentWidget();
    const Theme& theme = m_context.theme;
    const auto add = [&](TextRole role) {
        auto* label = wrapped(theme, role, page);
        layout->addWidget(label);
        return label;
    };
    m_title = add(TextRole::Headline);
    m_what = add(TextRole::Body);
    layout->addSpacing(6);
    m_question = add(TextRole::Title);
    m_setup = add(TextRole::Secondary);
    m_finding = add(TextRole::Strong);

    auto* row = new QHBoxLayout;
    row->setSpacing(10);
    m_run = new FlatButton(theme, tr("Run it now"), page, ButtonLook::Filled);
    connect(m_run, &FlatButton::clicked, this,
            [this] { m_child.running() ? m_child.cancel() : m_child.start(practice().experiment); });
    row->addWidget(m_run);
    m_other = new FlatButton(theme, QString(), page);
    connect(m_other, &FlatButton::clicked, this, [this] {
        m_showOwn = !m_showOwn;
        showRecord();
    });
    row->addWidget(m_other);
    m_progress = new QProgressBar(page);
    m_progress->setRange(0, 1'000);
    m_progress->setTextVisible(false);
    m_progress->setFixedSize(180, 8);
    m_progress->setAccessibleName(tr("How far the experiment is"));
    row->addWidget(m_progress);
    m_progressText = new RoleLabel(theme, TextRole::Secondary, QString(), page);
    row->addWidget(m_progressText);
    row->addStretch(1);
    layout->addLayout(row);

    m_origin = add(TextRole::Small);
    m_chart = new ExperimentChart(theme, page);
    const auto fitChart = [this] {
        m_chart->setMaximumWidth(m_context.theme.px(1'100));
        m_chart->setFixedHeight(m_context.theme.px(380));
    };
    fitChart();
    connect(&m_context.theme, &Theme::changed, m_chart, fitChart);
    layout->addWidget(m_chart);
    m_figures = new FiguresTable(theme, page);
    layout->addWidget(m_figures);
    layout->addSpacing(6);
    layout->addWidget(new RoleLabel(theme, TextRole::Title, tr("In Holdfast itself"), page));
    m_inHoldfast = add(TextRole::Body);
    layout->addWidget(new RoleLabel(theme, TextRole::Title, tr("Seen and steered"), page));
    m_inWindow = add(TextRole::Body);
    m_goThere = new FlatButton(theme, tr("Go there"), page);
    connect(m_goThere, &FlatButton::clicked, this,
            [this] { m_context.navigator.go({.view = practice().view, .service = {}, .item = {}}); });
    layout->addWidget(m_goThere, 0, Qt::AlignLeft);
    layout->addStretch(1);
}

void TrainingView::placeChanged()
{
    const QString item = m_context.navigator.place().item;
    const auto found = std::ranges::find(m_practices, item, &Practice::experiment);
    if (found != m_practices.end())
        m_list->setCurrentRow(static_cast<int>(found - m_practices.begin()));
}

void TrainingView::moveSelection(int by)
{
    m_list->setCurrentRow(std::clamp(m_list->currentRow() + by, 0, m_list->count() - 1));
}

void TrainingView::showPractice()
{
    const Practice& one = practice();
    m_title->setText(one.title);
    m_what->setText(one.what);
    m_inHoldfast->setText(one.inHoldfast);
    m_inWindow->setText(one.inWindow);
    showRecord();
    showProgress();
}

void TrainingView::showRecord()
{
    const QString name = practice().experiment;
    const auto own = m_child.latest(name);
    const ExperimentRecord* fresh = own ? own->find(name) : nullptr;
    const ExperimentRecord* recorded = m_recorded.find(name);
    const bool showOwn = fresh && (m_showOwn || !recorded);
    const ExperimentRecord* record = showOwn ? fresh : recorded;
    m_other->setVisible(fresh && recorded);
    m_other->setText(showOwn ? tr("Show the recorded run") : tr("Show the run of this computer"));
    for (QWidget* part : {static_cast<QWidget*>(m_chart), static_cast<QWidget*>(m_figures)})
        part->setVisible(record != nullptr);
    if (!record) {
        m_question->setText(tr("No results are recorded with this program."));
        m_setup->setText(tr("Run the experiment to see them."));
        m_finding->clear();
        m_origin->clear();
        return;
    }
    const ExperimentBook& book = showOwn ? *own : m_recorded;
    m_question->setText(record->question);
    m_setup->setText(record->setup);
    m_finding->setText(record->finding);
    m_origin->setText(
        showOwn ? tr("Measured on this computer on %1, seed %2; in %3")
                      .arg(book.date, QString::number(book.seed), m_child.folder(name))
                : tr("Recorded on %1, seed %2, on a shared two-core virtual machine").arg(book.date).arg(book.seed));
    m_chart->setRecord(*record);
    m_figures->setRecord(*record);
}

void TrainingView::showProgress()
{
    const QString name = practice().experiment;
    const bool here = m_child.running() && m_child.experiment() == name;
    m_run->setText(here ? tr("Cancel") : tr("Run it now"));
    m_run->setLook(here ? ButtonLook::Outlined : ButtonLook::Filled);
    m_run->setEnabled(here || !m_child.running());
    m_progress->setVisible(here);
    m_progress->setValue(static_cast<int>(m_child.share() * 1'000));
    if (here)
        m_progressText->setText(m_child.step().isEmpty() ? tr("starting the shop…") : m_child.step());
    else if (m_child.running())
        m_progressText->setText(tr("“%1” is running; one at a time").arg(m_child.experiment()));
    else
        m_progressText->setText(m_saidOf == name ? m_said : tr("about 40 s, on a shop of its own"));
}

void TrainingView::takeResult(const QString& experiment, const QString& problem)
{
    m_saidOf = experiment;
    m_said = problem.isEmpty() ? tr("done; below is what this computer measured") : problem;
    if (problem.isEmpty())
        m_showOwn = true;
    showRecord();
    showProgress();
}

const Practice& TrainingView::practice() const
{
    return m_practices[static_cast<std::size_t>(std::max(0, m_list->currentRow()))];
}

}  // namespace holdfast::widgets
