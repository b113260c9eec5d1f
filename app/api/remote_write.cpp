#include "app/api/remote_write.h"

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>

namespace holdfast::api {

namespace {

/// Walks the fields of one protobuf message. After a field that is cut short, failed() stays true.
/// Source: https://protobuf.dev/programming-guides/encoding/
class FieldReader {
public:
    explicit FieldReader(std::string_view bytes) : m_bytes(bytes) {}

    bool next()
    {
        if (m_bytes.empty() || m_failed)
            return false;
        const std::uint64_t key = varint();
        m_field = static_cast<std::uint32_t>(key >> 3U);
        m_wire = static_cast<std::uint32_t>(key & 7U);
        switch (m_wire) {
        case 0: m_number = varint(); break;
        case 1: m_number = fixed64(); break;
        case 2: m_content = take(varint()); break;
        case 5: m_content = take(4); break;
        default: m_failed = true;
        }
        return !m_failed;
    }
    [[nodiscard]] bool is(std::uint32_t field, std::uint32_t wire) const { return m_field == field && m_wire == wire; }
    [[nodiscard]] std::string_view content() const { return m_content; }
    [[nodiscard]] std::uint64_t number() const { return m_number; }
    [[nodiscard]] bool failed() const { return m_failed; }

private:
    std::uint64_t varint()
    {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64 && !m_bytes.empty(); shift += 7) {
            const auto byte = static_cast<unsigned char>(m_bytes.front());
            m_bytes.remove_prefix(1);
            value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
            if ((byte & 0x80U) == 0)
                return value;
        }
        m_failed = true;
        return 0;
    }
    std::uint64_t fixed64()
    {
        const std::string_view raw = take(8);
        std::uint64_t value = 0;
        for (std::size_t i = raw.size(); i-- > 0;)
            value = value << 8U | static_cast<unsigned char>(raw[i]);
        return value;
    }
    std::string_view take(std::uint64_t size)
    {
        if (size > m_bytes.size()) {
            m_failed = true;
            return {};
        }
        const std::string_view part = m_bytes.substr(0, size);
        m_bytes.remove_prefix(size);
        return part;
    }

    std::string_view m_bytes;
    std::string_view m_content;
    std::uint64_t m_number = 0;
    std::uint32_t m_field = 0;
    std::uint32_t m_wire = 0;
    bool m_failed = false;
};

Error broken(const char* what)
{
    return Error{std::string("the body is not a remote-write request: ") + what + " is cut short or malformed",
                 ErrorKind::BadInput};
}

Result<Label> readLabel(std::string_view bytes)
{
    Label label;
    FieldReader fields(bytes);
    while (fields.next()) {
        if (fields.is(1, 2))
            label.name = std::string(fields.content());
        else if (fields.is(2, 2))
            label.value = std::string(fields.content());
    }
    if (fields.failed())
        return broken("a label");
    return label;
}

Result<Sample> readSample(std::string_view bytes)
{
    Sample sample;
    FieldReader fields(bytes);
    while (fields.next()) {
        if (fields.is(1, 1))
            sample.v = std::bit_cast<double>(fields.number());
        else if (fields.is(2, 0))
            sample.t = static_cast<std::int64_t>(fields.number());
    }
    if (fields.failed())
        return broken("a sample");
    return sample;
}

Result<Exemplar> readExemplar(std::string_view bytes)
{
    Exemplar exemplar;
    std::vector<Label> labels;
    FieldReader fields(bytes);
    while (fields.next()) {
        if (fields.is(1, 2)) {
            HF_TRY(Label label, readLabel(fields.content()));
            labels.push_back(std::move(label));
        } else if (fields.is(2, 1)) {
            exemplar.value = std::bit_cast<double>(fields.number());
        } else if (fields.is(3, 0)) {
            exemplar.t = static_cast<std::int64_t>(fields.number());
        }
    }
    if (fields.failed())
        return broken("an exemplar");
    exemplar.labels = LabelSet(std::move(labels));
    return exemplar;
}

Result<WriteSeries> readSeries(std::string_view bytes, std::size_t& histograms)
{
    WriteSeries series;
    std::vector<Label> labels;
    FieldReader fields(bytes);
    while (fields.next()) {
        if (fields.is(1, 2)) {
            HF_TRY(Label label, readLabel(fields.content()));
            labels.push_back(std::move(label));
        } else if (fields.is(2, 2)) {
            HF_TRY(const Sample sample, readSample(fields.content()));
            series.samples.push_back(sample);
        } else if (fields.is(3, 2)) {
            HF_TRY(Exemplar exemplar, readExemplar(fields.content()));
            series.exemplars.push_back(std::move(exemplar));
        } else if (fields.is(4, 2)) {
            ++histograms;
        }
    }
    if (fields.failed())
        return broken("a series");
    series.labels = LabelSet(std::move(labels));
    return series;
}

MetricType typeOf(std::uint64_t word)
{
    // enum MetricType of types.proto
    constexpr MetricType types[] = {MetricType::Unknown,   MetricType::Counter,        MetricType::Gauge,
                                    MetricType::Histogram, MetricType::GaugeHistogram, MetricType::Summary,
                                    MetricType::Info,      MetricType::StateSet};
    return word < std::size(types) ? types[word] : MetricType::Unknown;
}

Result<MetricMetadata> readMetadata(std::string_view bytes)
{
    MetricMetadata metadata;
    FieldReader fields(bytes);
    while (fields.next()) {
        if (fields.is(1, 0))
            metadata.type = typeOf(fields.number());
        else if (fields.is(2, 2))
            metadata.family = std::string(fields.content());
        else if (fields.is(4, 2))
            metadata.help = std::string(fields.content());
        else if (fields.is(5, 2))
            metadata.unit = std::string(fields.content());
    }
    if (fields.failed())
        return broken("a metadata entry");
    return metadata;
}

}  // namespace

Result<WriteRequest> readWriteRequest(std::string_view bytes)
{
    WriteRequest request;
    FieldReader fields(bytes);
    while (fields.next()) {
        if (fields.is(1, 2)) {
            HF_TRY(WriteSeries series, readSeries(fields.content(), request.skippedHistograms));
            request.series.push_back(std::move(series));
        } else if (fields.is(3, 2)) {
            HF_TRY(MetricMetadata metadata, readMetadata(fields.content()));
            request.metadata.push_back(std::move(metadata));
        }
    }
    if (fields.failed())
        return broken("a field");
    return request;
}

}  // namespace holdfast::api
