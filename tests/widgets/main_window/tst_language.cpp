#include "widgets/main_window/language.h"
#include "widgets/main_window/translator.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTest>
#include <QXmlStreamReader>

#include <vector>

using namespace holdfast::widgets;

namespace {

struct Message {
    QString source, translation;
};

std::vector<Message> messages()
{
    QFile file(QStringLiteral(HOLDFAST_SOURCE_DIR "/resources/translations/holdfast_de.ts"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    std::vector<Message> out;
    QXmlStreamReader xml(&file);
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QLatin1String("source"))
            out.push_back({xml.readElementText(), {}});
        else if (xml.name() == QLatin1String("translation") && !out.empty())
            out.back().translation = xml.readElementText(QXmlStreamReader::IncludeChildElements);
    }
    return out;
}

QStringList places(const QString& text)
{
    QStringList found;
    static const QRegularExpression place(QStringLiteral("%L?[0-9n]"));
    for (auto matches = place.globalMatch(text); matches.hasNext();)
        found << matches.next().captured();
    found.sort();
    found.removeDuplicates();
    return found;
}

}  // namespace

class TestLanguage : public QObject {
    Q_OBJECT

private slots:
    void takesTheFirstLanguageItSpeaks()
    {
        QCOMPARE(languageFor({"de-AT", "de"}), QStringLiteral("de"));
        QCOMPARE(languageFor({"fr-FR", "de"}), QStringLiteral("de"));
        QCOMPARE(languageFor({"en-GB", "de"}), QStringLiteral("en"));
        QCOMPARE(languageFor({"ja"}), QStringLiteral("en"));
        QCOMPARE(languageFor({"C"}), QStringLiteral("en"));
    }

    void findsTextsOfClassesAndOfFreeFunctions()
    {
        Translator german;
        QVERIFY(german.load(QStringLiteral(":/translations/holdfast_de.qm")));
        QCOMPARE(german.translate("holdfast::widgets::StatusCells", "Connecting…", nullptr, -1),
                 QStringLiteral("Verbinde …"));
        QCOMPARE(german.translate("Views", "Incidents", nullptr, -1), QStringLiteral("Vorfälle"));
        QCOMPARE(german.translate("Views", "no such text", nullptr, -1), QString());
    }

    void hasEveryText()
    {
        const QString tool = QStandardPaths::findExecutable(QStringLiteral("lupdate")).isEmpty()
                                 ? QStandardPaths::findExecutable(QStringLiteral("lupdate"), {"/usr/lib/qt6/bin"})
                                 : QStringLiteral("lupdate");
        if (tool.isEmpty())
            QSKIP("lupdate is not installed (qt6-l10n-tools)");
        QProcess update;
        update.start(QStringLiteral(HOLDFAST_SOURCE_DIR "/resources/translations/update.sh"), {"--check"});
        QVERIFY(update.waitForFinished(60'000));
        QVERIFY2(update.exitCode() == 0, update.readAllStandardOutput().constData());
    }

    void keepsThePlacesOfNumbersAndNames()
    {
        const auto all = messages();
        QVERIFY(all.size() > 500);
        for (const Message& message : all)
            QVERIFY2(message.translation.isEmpty() || places(message.source) == places(message.translation),
                     qPrintable(message.source + " / " + message.translation));
    }
};

QTEST_GUILESS_MAIN(TestLanguage)
#include "tst_language.moc"
