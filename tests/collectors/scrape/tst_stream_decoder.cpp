#include "collectors/scrape/stream_decoder.h"

#include <QTest>

#include <libdeflate.h>
#include <zstd.h>

using namespace holdfast;
using namespace holdfast::scrape;

namespace {

std::string gzipped(const std::string& text)
{
    libdeflate_compressor* compressor = libdeflate_alloc_compressor(6);
    std::string out(libdeflate_gzip_compress_bound(compressor, text.size()), '\0');
    out.resize(libdeflate_gzip_compress(compressor, text.data(), text.size(), out.data(), out.size()));
    libdeflate_free_compressor(compressor);
    return out;
}

std::string zstandard(const std::string& text)
{
    std::string out(ZSTD_compressBound(text.size()), '\0');
    out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
    return out;
}

std::string sampleText()
{
    std::string text;
    for (int i = 0; i < 40'000; ++i)
        text += "http_requests_total{code=\"" + std::to_string(i * 7919 % 1000) + "\"} " + std::to_string(i) + "\n";
    return text;
}

/// "ok", "cut short", or the error.
QString feed(const std::string& encoding, const std::string& wire, std::size_t piece, std::uint64_t limit,
             BodyBuffer& out)
{
    const auto decoder = StreamDecoder::forEncoding(encoding);
    for (std::size_t at = 0; at < wire.size(); at += piece) {
        const auto fed = decoder->feed(std::string_view(wire).substr(at, piece), out, limit);
        if (!fed)
            return QString::fromStdString(fed.error().message);
    }
    return decoder->complete() ? "ok" : "cut short";
}

}  // namespace

class TestStreamDecoder : public QObject {
    Q_OBJECT

private slots:
    void readsEveryEncodingInPiecesOfAnySize_data()
    {
        QTest::addColumn<QByteArray>("encoding");
        QTest::addColumn<int>("piece");
        for (const char* encoding : {"gzip", "X-GZIP", "zstd"}) {
            for (const int piece : {1, 7, 1000, 10'000'000})
                QTest::addRow("%s by %d", encoding, piece) << QByteArray(encoding) << piece;
        }
    }
    void readsEveryEncodingInPiecesOfAnySize()
    {
        QFETCH(QByteArray, encoding);
        QFETCH(int, piece);
        const std::string text = sampleText();
        const std::string part = encoding == "zstd" ? zstandard(text) : gzipped(text);
        BodyBuffer out;
        // Two members or frames after one another are one body.
        QCOMPARE(feed(encoding.toStdString(), part + part, static_cast<std::size_t>(piece), 0, out), QString("ok"));
        QVERIFY(out.view() == text + text);
    }

    void endsAtTheLimitAndNotBefore()
    {
        for (const std::string encoding : {"gzip", "zstd"}) {
            const std::string text(1'000'000, '#');
            const std::string wire = encoding == "zstd" ? zstandard(text) : gzipped(text);
            BodyBuffer whole;
            QCOMPARE(feed(encoding, wire, 100, text.size(), whole), QString("ok"));
            BodyBuffer out;
            QVERIFY(feed(encoding, wire, 100, text.size() - 1, out).startsWith("body size limit exceeded"));
            QVERIFY(out.size() <= text.size());
        }
    }

    void tellsDamageAndMissingEnds()
    {
        for (const std::string encoding : {"gzip", "zstd"}) {
            std::string wire = encoding == "zstd" ? zstandard(sampleText()) : gzipped(sampleText());
            BodyBuffer out;
            QCOMPARE(feed(encoding, wire.substr(0, wire.size() - 1), 100, 0, out), QString("cut short"));
            BodyBuffer other;
            QVERIFY(feed(encoding, "these are no packed bytes", 100, 0, other).startsWith(encoding.c_str()));
        }
        QVERIFY(StreamDecoder::forEncoding("br") == nullptr);
    }
};

QTEST_GUILESS_MAIN(TestStreamDecoder)
#include "tst_stream_decoder.moc"
