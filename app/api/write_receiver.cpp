#include "app/api/write_receiver.h"

#include "app/api/remote_write.h"

#include <snappy.h>

#include <string>
#include <utility>

namespace holdfast::api {

namespace {

constexpr std::size_t kMaxBody = 32U << 20U;       // packed; Prometheus sends about 2000 samples a request
constexpr std::size_t kMaxUnpacked = 128U << 20U;  // a small body can claim to be huge

Result<std::string> unpack(const HttpRequest& request)
{
    if (const std::string_view encoding = request.header("Content-Encoding");
        !encoding.empty() && !equalNoCase(encoding, "snappy"))
        return Error{"expected Content-Encoding: snappy", ErrorKind::BadInput};
    std::size_t length = 0;
    if (!snappy::GetUncompressedLength(request.body.data(), request.body.size(), &length))
        return Error{"snappy: corrupt input", ErrorKind::BadInput};
    if (length > kMaxUnpacked)
        return Error{"the unpacked body is longer than " + std::to_string(kMaxUnpacked) + " bytes", ErrorKind::Limit};
    std::string bytes;
    if (!snappy::Uncompress(request.body.data(), request.body.size(), &bytes))
        return Error{"snappy: corrupt input", ErrorKind::BadInput};
    return bytes;
}

bool isOtherVersion(const HttpRequest& request)
{
    const std::string_view type = request.header("Content-Type");
    return type.find("io.prometheus.write.v2") != std::string_view::npos;
}

HttpResponse failed(const Error& error)
{
    int status = 500;
    if (error.kind == ErrorKind::BadInput || error.kind == ErrorKind::Limit)
        status = 400;
    else if (error.kind == ErrorKind::Unavailable)
        status = 503;
    return HttpResponse::text(status, error.message + "\n");
}

std::string complaint(const store::AppendReport& report)
{
    std::string text;
    const auto say = [&text](std::uint64_t count, const char* what) {
        if (count == 0)
            return;
        text += text.empty() ? "" : ", ";
        text += std::to_string(count) + " " + what;
    };
    say(report.outOfOrder, "out of order sample");
    say(report.conflicting, "duplicate sample for timestamp");
    say(report.outOfBounds, "out of bounds");
    return text;
}

}  // namespace

void WriteReceiver::addRoutes(Router& router)
{
    router.add("POST", "/api/v1/write", Lane::Change, [this](const Call& call) { return receive(call); }).maxBody =
        kMaxBody;
}

HttpResponse WriteReceiver::receive(const Call& call)
{
    if (isOtherVersion(call.request))
        return HttpResponse::text(415, "remote write 2.0 is not supported; send prometheus.WriteRequest\n");
    auto bytes = unpack(call.request);
    if (!bytes.ok())
        return failed(bytes.error());
    auto request = readWriteRequest(*bytes);
    if (!request.ok())
        return failed(request.error());
    Batch batch;
    batch.origin = "remote_write";
    batch.metadata = std::move(request->metadata);
    for (WriteSeries& series : request->series) {
        if (series.labels.metricName().empty())
            return HttpResponse::text(400, "a series has no metric name\n");
        const auto id = m_appender.series(series.labels);
        if (!id.ok())
            return failed(id.error());
        for (const Sample& sample : series.samples)
            batch.samples.push_back({.series = *id, .t = sample.t, .v = sample.v});
        for (Exemplar& exemplar : series.exemplars)
            batch.exemplars.push_back({.series = *id, .exemplar = std::move(exemplar)});
    }
    const auto report = m_appender.appendDurably(std::move(batch));
    if (!report.ok()) {
        m_log.warning("api", "remote write not stored: " + report.error().message);
        return failed(report.error());
    }
    std::string text = complaint(*report);
    if (request->skippedHistograms > 0)
        text += (text.empty() ? "" : ", ") + std::to_string(request->skippedHistograms)
                + " native histograms, which are not supported";
    if (!text.empty())
        return HttpResponse::text(400, text + "\n");
    return {.status = 204, .body = {}, .contentType = {}, .headers = {}};
}

}  // namespace holdfast::api
