#include "app/config/sections.h"

#include <algorithm>

namespace holdfast::config {

namespace {

constexpr std::size_t kMostReceivers = 32;  // each has a thread of its own
constexpr std::uint64_t kLongestQueue = 10'000;

void readWebhook(Section section, const Paths& paths, ReceiverConfig& receiver)
{
    WebhookReceiver hook;
    readSecretKeys(section, paths, "webhook_url", hook.url);
    if (hook.url.empty())
        section.fail("webhook_url or webhook_url_file is missing");
    else if (!hook.url.text.empty() && !isHttpUrl(hook.url.text))
        section.failAt("webhook_url", "expected a URL like https://chat.example.org/hooks/1");
    readHttpClient(section, paths, hook.http);
    section.finish();
    receiver.kind = std::move(hook);
}

void readAlertmanager(Section section, const Paths& paths, ReceiverConfig& receiver)
{
    AlertmanagerReceiver manager;
    section.text("url", manager.url);
    if (!isHttpUrl(manager.url))
        section.failAt("url", "expected a URL like http://127.0.0.1:9093");
    while (!manager.url.empty() && manager.url.back() == '/')
        manager.url.pop_back();
    readHttpClient(section, paths, manager.http);
    section.finish();
    receiver.kind = std::move(manager);
}

void readCommand(Section section, const Paths& paths, ReceiverConfig& receiver)
{
    CommandReceiver command;
    section.texts("argv", command.argv);
    if (command.argv.empty() || command.argv.front().empty())
        section.failAt("argv", "expected the program and its arguments, like [/usr/local/bin/page, --team, shop]");
    else if (command.argv.front().find('/') != std::string::npos)
        command.argv.front() = paths.resolve(command.argv.front());
    section.finish();
    receiver.kind = std::move(command);
}

bool isAddress(const std::string& text)
{
    const auto at = text.find('@');
    return at != std::string::npos && at > 0 && at + 1 < text.size()
           && text.find_first_of("\r\n<> ") == std::string::npos;
}

void readEmail(Section section, const Paths& paths, ReceiverConfig& receiver)
{
    EmailReceiver mail;
    section.text("smarthost", mail.smarthost);
    if (const auto colon = mail.smarthost.rfind(':');
        colon == std::string::npos || colon == 0
        || mail.smarthost.find_first_not_of("0123456789", colon + 1) != std::string::npos
        || colon + 1 == mail.smarthost.size())
        section.failAt("smarthost", "expected host:port of the relay, like mail.example.org:587");
    section.text("from", mail.from);
    if (!isAddress(mail.from))
        section.failAt("from", "expected an address, like holdfast@example.org");
    section.texts("to", mail.to);
    if (mail.to.empty() || !std::ranges::all_of(mail.to, isAddress))
        section.failAt("to", "expected a list of addresses, like [oncall@example.org]");
    section.text("hello", mail.hello);
    section.text("username", mail.username);
    readSecretKeys(section, paths, "password", mail.password);
    if (mail.username.empty() != mail.password.empty())
        section.fail("a login needs both username and password");
    section.flag("require_tls", mail.requireTls);
    section.flag("implicit_tls", mail.implicitTls);
    if (!mail.requireTls && !mail.implicitTls && !mail.username.empty())
        section.findings().warn(section.markOf("require_tls"),
                                section.path("require_tls") + ": the password may travel in the clear");
    readTls(section, paths, mail.tls);
    section.finish();
    receiver.kind = std::move(mail);
}

void readKind(Section& section, const Paths& paths, ReceiverConfig& receiver)
{
    int kinds = 0;
    using Read = void (*)(Section, const Paths&, ReceiverConfig&);
    for (const auto& [key, read] : {std::pair<const char*, Read>{"webhook", &readWebhook},
                                    {"alertmanager", &readAlertmanager},
                                    {"command", &readCommand},
                                    {"email", &readEmail}}) {
        if (auto kind = section.section(key)) {
            ++kinds;
            read(std::move(*kind), paths, receiver);
        }
    }
    if (kinds != 1)
        section.fail("give exactly one of webhook, alertmanager, command and email");
}

void readReceiver(Section& section, const Paths& paths, ReceiverConfig& receiver)
{
    receiver.line = section.mark().line + 1;
    section.text("name", receiver.name);
    if (receiver.name.empty())
        return section.failAt("name", "every receiver needs a name");
    readKind(section, paths, receiver);
    std::string severity = "sev3";
    section.word("severity", severity, {"sev1", "sev2", "sev3"});
    receiver.leastSeverity = severity.back() - '0';
    section.flag("send_resolved", receiver.sendResolved);
    section.duration("group_wait", receiver.groupWaitMs);
    section.duration("repeat_interval", receiver.repeatMs);
    section.duration("timeout", receiver.timeoutMs);
    section.duration("retry_for", receiver.retryForMs);
    section.count("queue_size", receiver.queueSize);
    if (receiver.groupWaitMs < 0 || receiver.groupWaitMs > 300'000)
        section.failAt("group_wait", "expected 0s to 5m");
    if (receiver.timeoutMs < 100 || receiver.timeoutMs > 60'000)
        section.failAt("timeout", "expected 100ms to 1m");
    if (receiver.repeatMs != 0 && receiver.repeatMs < 60'000)
        section.failAt("repeat_interval", "expected 1m or longer, or 0s for never");
    if (receiver.queueSize < 1 || receiver.queueSize > kLongestQueue)
        section.failAt("queue_size", "expected 1 to 10000");
    section.finish();
}

}  // namespace

void readNotify(Section& section, const Paths& paths, NotifyConfig& notify)
{
    section.text("external_url", notify.externalUrl);
    if (!notify.externalUrl.empty() && !isHttpUrl(notify.externalUrl))
        section.failAt("external_url", "expected a URL like http://bastion:9190");
    if (auto heartbeat = section.section("heartbeat")) {
        heartbeat->text("url", notify.heartbeatUrl);
        heartbeat->duration("interval", notify.heartbeatMs);
        if (!isHttpUrl(notify.heartbeatUrl))
            heartbeat->failAt("url", "expected a URL that a dead man's switch listens on");
        if (notify.heartbeatMs < 5'000)
            heartbeat->failAt("interval", "expected 5s or longer");
        heartbeat->finish();
    }
    section.each("receivers", [&](const YAML::Node& node, const std::string& name, const YAML::Mark& mark) {
        Section entry(section.findings(), node, name, mark);
        ReceiverConfig& receiver = notify.receivers.emplace_back();
        readReceiver(entry, paths, receiver);
        if (std::ranges::count(notify.receivers, receiver.name, &ReceiverConfig::name) > 1)
            entry.failAt("name", "a second receiver with the name \"" + receiver.name + "\"");
    });
    if (notify.receivers.size() > kMostReceivers)
        section.failAt("receivers", "at most 32 receivers");
    section.finish();
}

}  // namespace holdfast::config
