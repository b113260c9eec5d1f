#include "widgets/explore/example_page.h"

#include "widgets/client/engine_link.h"
#include "widgets/client/json_fields.h"
#include "widgets/explore/example_queries.h"
#include "widgets/navigator.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/role_label.h"

#include <QVBoxLayout>

namespace holdfast::widgets {

ExamplePage::ExamplePage(const ViewContext& context, QWidget* parent) : QWidget(parent), m_context(context)
{
    new QVBoxLayout(this);
}

bool ExamplePage::filled() const
{
    return layout()->count() > 0;
}

void ExamplePage::fetch()
{
    if (!m_context.link.connected())
        return;
    m_context.api.get<QStringList>(
        m_slot, QStringLiteral("/api/v1/label/__name__/values"), {},
        [](const QByteArray& body) -> Result<QStringList> {
            HF_TRY(const QJsonObject root, jsonObject(body));
            return textList(root, "data");
        },
        [this](const Result<std::shared_ptr<const QStringList>>& answer) {
            if (answer)
                offer(**answer);
        });
}

void ExamplePage::offer(const QStringList& metrics)
{
    const Theme& theme = m_context.theme;
    auto* column = qobject_cast<QVBoxLayout*>(layout());
    while (QLayoutItem* item = column->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    column->setContentsMargins(22, 8, 0, 0);
    column->setSpacing(4);
    const QString words = metrics.isEmpty()
                              ? tr("No metrics yet: nothing was scraped. Add a target, and its metrics appear here.")
                              : tr("%1 metrics are here. Questions to begin with:").arg(metrics.size());
    column->addWidget(new RoleLabel(theme, TextRole::Secondary, words, this));
    for (const ExampleQuery& example : exampleQueries(metrics)) {
        column->addSpacing(6);
        column->addWidget(new RoleLabel(theme, TextRole::Strong, example.title, this));
        auto* button = new FlatButton(theme, example.expression, this);
        button->setObjectName(QStringLiteral("example"));
        button->setAccessibleName(example.title);
        connect(button, &FlatButton::clicked, this,
                [this, expression = example.expression] { emit chosen(expression); });
        column->addWidget(button, 0, Qt::AlignLeft);
    }
    if (metrics.isEmpty() && !m_context.link.readOnly()) {
        auto* add = new FlatButton(theme, tr("Add a target…"), this);
        connect(add, &FlatButton::clicked, this, [this] {
            m_context.navigator.go({QStringLiteral("targets"), {}, {}});
        });
        column->addWidget(add, 0, Qt::AlignLeft);
    }
    column->addStretch(1);
}

}  // namespace holdfast::widgets
