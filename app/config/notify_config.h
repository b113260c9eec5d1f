#pragma once

#include "app/config/http_client_config.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace holdfast::config {

/// Alertmanager's webhook JSON, version 4, by POST: what receives from Alertmanager receives from Holdfast.
struct WebhookReceiver {
    Secret url;
    HttpClientConfig http;
};

/// `POST URL/api/v2/alerts` of an Alertmanager.
struct AlertmanagerReceiver {
    std::string url;  ///< with a path prefix where it has one, without /api/v2
    HttpClientConfig http;
};

/// A program of the operator's: started without a shell, the notification as JSON on its standard input.
struct CommandReceiver {
    std::vector<std::string> argv;
};

/// Mail through a relay.
struct EmailReceiver {
    std::string smarthost;  ///< "host:port"
    std::string from;
    std::vector<std::string> to;
    std::string hello;  ///< name for EHLO; this computer's where empty
    std::string username;
    Secret password;
    bool requireTls = true;  ///< STARTTLS, or refuse to send
    bool implicitTls = false;
    TlsConfig tls;
};

/// One element of `holdfast: notify: receivers:`. Durations in milliseconds.
struct ReceiverConfig {
    std::string name;
    std::variant<std::monostate, WebhookReceiver, AlertmanagerReceiver, CommandReceiver, EmailReceiver> kind;
    int leastSeverity = 3;  ///< 1: SEV1 only … 3: everything
    bool sendResolved = true;
    std::int64_t groupWaitMs = 0;             ///< changes of one incident within it go as one
    std::int64_t repeatMs = 4LL * 3'600'000;  ///< while it lasts and nobody has it; 0: never
    std::int64_t timeoutMs = 10'000;          ///< of one attempt
    std::int64_t retryForMs = 3'600'000;      ///< afterwards a change counts as failed
    std::uint64_t queueSize = 200;            ///< changes that may wait
    int line = 0;
};

/// `holdfast: notify:`.
struct NotifyConfig {
    std::vector<ReceiverConfig> receivers;
    std::string externalUrl;   ///< where people reach this Holdfast; in every notification
    std::string heartbeatUrl;  ///< asked as long as rules are evaluated in time: a dead man's switch elsewhere notices
    std::int64_t heartbeatMs = 60'000;
};

/// An Alertmanager of Prometheus's own `alerting:` section: it gets every alert, grouped by itself.
struct AlertmanagerTarget {
    std::string url;  ///< "http://host:port/prefix"
    std::int64_t timeoutMs = 10'000;
    HttpClientConfig http;
};

/// `holdfast: deploys:`.
struct DeploysConfig {
    std::string gitTagFile;  ///< lines "SERVICE TAG"; a changed one is a deploy
};

}  // namespace holdfast::config
