#pragma once

#include "app/api/router.h"
#include "app/base/log.h"
#include "app/store/appender.h"

namespace holdfast::api {

/// `/api/v1/write`: remote write 1.0 in. Answers 204 only when the samples are durable; staleness markers are kept.
///
/// What is wrong with single samples (too old, in conflict with stored ones) is answered 400 after the rest was
/// stored: the sender must not repeat it. A full queue or a failed commit is 503 or 500: the sender repeats it all.
/// Source   Prometheus remote-write 1.0 specification; web status codes: storage/remote/write_handler.go. Thread-safe.
class WriteReceiver {
public:
    WriteReceiver(store::Appender& appender, Log& log) : m_appender(appender), m_log(log) {}
    void addRoutes(Router& router);

private:
    [[nodiscard]] HttpResponse receive(const Call& call);

    store::Appender& m_appender;
    Log& m_log;
};

}  // namespace holdfast::api
