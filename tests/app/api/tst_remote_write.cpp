#include "app/api/remote_write.h"

#include <QTest>

#include <cstring>

using namespace holdfast;
using namespace holdfast::api;

namespace {

std::string varint(std::uint64_t value)
{
    std::string out;
    for (; value > 127; value >>= 7U)
        out += static_cast<char>((value & 127U) | 128U);
    return out + static_cast<char>(value);
}

std::string field(unsigned number, const std::string& content)
{
    return varint(number << 3U | 2U) + varint(content.size()) + content;
}

std::string sample(double value, std::int64_t t)
{
    std::string raw(8, '\0');
    std::memcpy(raw.data(), &value, 8);
    return "\x09" + raw + "\x10" + varint(static_cast<std::uint64_t>(t));
}

std::string oneSeries(const std::string& samples)
{
    const std::string label = field(1, "__name__") + field(2, "up");
    return field(1, field(1, label) + samples);
}

}  // namespace

class TestRemoteWrite : public QObject {
    Q_OBJECT

private slots:
    void readsSeriesAndKeepsStaleMarkers()
    {
        const auto request =
            readWriteRequest(oneSeries(field(2, sample(1.5, 1000)) + field(2, sample(staleMarker(), -2000))));
        QVERIFY(request.ok());
        QCOMPARE(request->series.size(), std::size_t(1));
        QCOMPARE(request->series[0].labels.text(), std::string("up"));
        QCOMPARE(request->series[0].samples[0].v, 1.5);
        QCOMPARE(qint64(request->series[0].samples[1].t), qint64(-2000));
        QVERIFY(isStaleMarker(request->series[0].samples[1].v));
    }
    void skipsFieldsItDoesNotKnow()
    {
        const auto request = readWriteRequest(field(9, "new") + oneSeries(field(2, sample(1, 1))) + "\x58\x07");
        QVERIFY(request.ok());
        QCOMPARE(request->series.size(), std::size_t(1));
    }
    void refusesEveryPrefixOfARequest()
    {
        const std::string whole = oneSeries(field(2, sample(1.5, 1000)));
        for (std::size_t length = 1; length < whole.size(); ++length)
            QVERIFY2(!readWriteRequest(std::string_view(whole).substr(0, length)).ok(), std::to_string(length).c_str());
    }
    void refusesAFieldLongerThanTheBody()
    {
        QVERIFY(!readWriteRequest("\x0a\xff\xff\xff\xff\xff\xff\xff\xff\x7f").ok());
    }
};

QTEST_GUILESS_MAIN(TestRemoteWrite)
#include "tst_remote_write.moc"
