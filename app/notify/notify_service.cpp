#include "app/notify/notify_service.h"

#include "app/notify/courier.h"
#include "app/notify/delivery_book.h"

#include <algorithm>
#include <set>
#include <utility>

namespace holdfast::notify {

namespace {

constexpr const char* kDesktop = "desktop";
constexpr std::size_t kMostAlerts = 50;  // in one notification; the rest is counted
constexpr std::int64_t kRememberMs = 7LL * 86'400'000;
constexpr std::int64_t kKeepMs = 90LL * 86'400'000;
constexpr std::int64_t kTestGraceMs = 2'000;

bool same(const config::Secret& a, const config::Secret& b)
{
    return a.text == b.text && a.file == b.file;
}

bool same(const config::TlsConfig& a, const config::TlsConfig& b)
{
    return a.caFile == b.caFile && a.certFile == b.certFile && a.keyFile == b.keyFile && a.serverName == b.serverName
           && a.insecureSkipVerify == b.insecureSkipVerify;
}

bool same(const config::HttpClientConfig& a, const config::HttpClientConfig& b)
{
    const auto sameHeader = [](const config::HttpHeader& x, const config::HttpHeader& y) {
        return x.name == y.name
               && std::ranges::equal(x.values, y.values, [](const auto& p, const auto& q) { return same(p, q); });
    };
    if (a.basicAuth.has_value() != b.basicAuth.has_value()
        || a.authorization.has_value() != b.authorization.has_value())
        return false;
    if (a.basicAuth
        && (a.basicAuth->username != b.basicAuth->username || !same(a.basicAuth->password, b.basicAuth->password)))
        return false;
    if (a.authorization
        && (a.authorization->type != b.authorization->type
            || !same(a.authorization->credentials, b.authorization->credentials)))
        return false;
    return same(a.tls, b.tls) && a.proxyUrl == b.proxyUrl && std::ranges::equal(a.headers, b.headers, sameHeader);
}

bool same(const std::monostate&, const std::monostate&)
{
    return true;
}
bool same(const config::WebhookReceiver& a, const config::WebhookReceiver& b)
{
    return same(a.url, b.url) && same(a.http, b.http);
}
bool same(const config::AlertmanagerReceiver& a, const config::AlertmanagerReceiver& b)
{
    return a.url == b.url && same(a.http, b.http);
}
bool same(const config::CommandReceiver& a, const config::CommandReceiver& b)
{
    return a.argv == b.argv;
}
bool same(const config::EmailReceiver& a, const config::EmailReceiver& b)
{
    return a.smarthost == b.smarthost && a.from == b.from && a.to == b.to && a.hello == b.hello
           && a.username == b.username && same(a.password, b.password) && a.requireTls == b.requireTls
           && a.implicitTls == b.implicitTls && same(a.tls, b.tls);
}

bool sameReceiver(const config::ReceiverConfig& a, const config::ReceiverConfig& b)
{
    if (a.kind.index() != b.kind.index())
        return false;
    const bool kinds = std::visit(
        [&](const auto& kind) {
            using Kind = std::decay_t<decltype(kind)>;
            return same(kind, std::get<Kind>(b.kind));
        },
        a.kind);
    return kinds && a.name == b.name && a.leastSeverity == b.leastSeverity && a.sendResolved == b.sendResolved
           && a.groupWaitMs == b.groupWaitMs && a.repeatMs == b.repeatMs && a.timeoutMs == b.timeoutMs
           && a.retryForMs == b.retryForMs && a.queueSize == b.queueSize;
}

bool sameSender(const Sender& a, const Sender& b)
{
    return a.environment == b.environment && a.externalUrl == b.externalUrl && a.externalLabels == b.externalLabels;
}

}  // namespace

NotifyService::NotifyService(store::Journal& journal, const Clock& clock, Log& log, Describe describe)
    : m_journal(journal), m_clock(clock), m_log(log), m_describe(std::move(describe))
{
}

NotifyService::~NotifyService()
{
    stop();
}

/// What was being sent when an earlier life ended may have arrived: it is sent once more, marked; never a third time.
Result<std::unique_ptr<NotifyService>> NotifyService::open(store::Journal& journal, const Clock& clock, Log& log,
                                                           Describe describe, Purpose purpose)
{
    std::unique_ptr<NotifyService> out(new NotifyService(journal, clock, log, std::move(describe)));
    const std::int64_t now = clock.wallMs();
    HF_TRY(const std::int64_t newest, newestDeliveryId(journal));
    HF_TRY(auto told, deliveriesSince(journal, now - kRememberMs));
    if (purpose == Purpose::Replay)
        return out;
    std::vector<Delivery> changed;
    for (Delivery& delivery : told) {
        if (delivery.state != DeliveryState::Sending)
            continue;
        const bool again = !delivery.repeated && delivery.notice.change != Change::Test;
        delivery.state = again ? DeliveryState::Waiting : DeliveryState::Unsure;
        delivery.repeated = true;
        delivery.updatedMs = now;
        delivery.error = "Holdfast ended while it was being sent";
        changed.push_back(delivery);
    }
    const MutexLock lock(out->m_mutex);
    out->m_nextId = newest + 1;
    for (const Delivery& delivery : told)
        if (delivery.receiver == kDesktop) {
            out->m_ledger.restore(delivery.notice);
            const Situation& last = delivery.notice.now;
            if (last.over || !last.tellEnd || last.incident != 0)
                out->m_leftOpen.erase(last.subject);
            else if (delivery.notice.change != Change::Test)
                out->m_leftOpen.insert_or_assign(last.subject, last);
        }
    out->m_left = std::move(told);
    std::vector<store::SqlStatement> statements{forgetDeliveries(now - kKeepMs)};
    for (const Delivery& delivery : changed)
        statements.push_back(saveDelivery(delivery));
    if (const auto written = journal.write(std::move(statements)); !written.ok())
        log.error("notify", "what was being told when Holdfast ended cannot be noted: " + written.error().message);
    return out;
}

void NotifyService::configure(const config::NotifyConfig& config, Sender sender)
{
    std::vector<std::shared_ptr<Courier>> gone;
    {
        const MutexLock lock(m_mutex);
        const bool keep = sameSender(m_sender, sender);
        m_sender = std::move(sender);
        std::vector<std::shared_ptr<Courier>> next;
        for (const config::ReceiverConfig& receiver : config.receivers) {
            const auto known = std::ranges::find_if(
                m_couriers, [&](const auto& courier) { return courier && sameReceiver(courier->config(), receiver); });
            if (keep && known != m_couriers.end()) {
                next.push_back(std::move(*known));
                continue;
            }
            auto transport = makeTransport(receiver, m_sender);
            if (!transport)
                continue;
            next.push_back(
                std::make_shared<Courier>(receiver, std::move(transport), m_journal, m_clock, m_log, m_changed));
        }
        for (auto& courier : m_couriers)
            if (courier)
                gone.push_back(std::move(courier));
        m_couriers = std::move(next);
    }
    for (const auto& courier : gone)
        courier->stop();
    const MutexLock lock(m_mutex);
    // One that changed has its successor by name: what it left waits for that one.
    for (const auto& courier : gone)
        std::ranges::move(courier->takeAll(), std::back_inserter(m_left));
    for (const auto& courier : m_couriers)
        adopt(courier);
    if (!m_left.empty()) {
        std::vector<Delivery> dropped;
        for (Delivery& delivery : m_left)
            if (delivery.state == DeliveryState::Waiting) {
                delivery.state = DeliveryState::Dropped;
                delivery.error = "there is no receiver of this name any more";
                delivery.updatedMs = m_clock.wallMs();
                dropped.push_back(std::move(delivery));
            }
        m_left.clear();
        write(dropped);
    }
    if (m_running)
        for (const auto& courier : m_couriers)
            courier->start();
}

void NotifyService::adopt(const std::shared_ptr<Courier>& courier)
{
    for (const Delivery& delivery : m_left)
        if (delivery.receiver == courier->config().name)
            courier->restore(delivery);
    std::erase_if(m_left, [&](const Delivery& delivery) { return delivery.receiver == courier->config().name; });
}

void NotifyService::start()
{
    const MutexLock lock(m_mutex);
    m_running = true;
    for (const auto& courier : m_couriers)
        courier->start();
}

void NotifyService::requestStop()
{
    const MutexLock lock(m_mutex);
    for (const auto& courier : m_couriers)
        courier->requestStop();
}

void NotifyService::stop()
{
    std::vector<std::shared_ptr<Courier>> all;
    {
        const MutexLock lock(m_mutex);
        m_running = false;
        all = m_couriers;
    }
    for (const auto& courier : all)
        courier->requestStop();
    for (const auto& courier : all)
        courier->stop();
}

std::vector<Situation> NotifyService::leftOpen() const
{
    const MutexLock lock(m_mutex);
    std::vector<Situation> out;
    for (const auto& [subject, situation] : m_leftOpen)
        out.push_back(situation);
    return out;
}

void NotifyService::update(std::int64_t t, const std::vector<Situation>& situations)
{
    const MutexLock lock(m_mutex);
    std::set<std::string> standing;
    for (const Situation& now : situations) {
        standing.insert(now.subject);
        if (const auto change = m_ledger.judge(now)) {
            Notice notice = noticeOf(*change, now, t);
            const bool silent = *change == Change::Worse && m_ledger.unfolding(now.subject, t);
            m_ledger.told(notice);
            tell(std::move(notice), nullptr, silent);
            continue;
        }
        for (const auto& courier : m_couriers)
            if (courier->reminderDue(now, t))
                tell(noticeOf(Change::Reminder, now, t), courier.get(), false);
    }
    m_ledger.forget(t, standing);
}

Notice NotifyService::noticeOf(Change change, const Situation& now, std::int64_t t) const
{
    Notice out{.now = now,
               .change = change,
               .atMs = t,
               .worstBefore = m_ledger.worstTold(now.subject),
               .alerts = m_describe ? m_describe(now) : std::vector<NoticeAlert>(),
               .alertsLeftOut = 0};
    // No negative durations where the clock was set back.
    out.now.startedMs = std::min(out.now.startedMs, t);
    if (out.alerts.size() > kMostAlerts) {
        out.alertsLeftOut = out.alerts.size() - kMostAlerts;
        out.alerts.resize(kMostAlerts);
    }
    return out;
}

Delivery NotifyService::deliveryFor(const std::string& receiver, const Notice& notice)
{
    Delivery out;
    out.id = m_nextId++;
    out.receiver = receiver;
    out.notice = notice;
    out.createdMs = m_clock.wallMs();
    out.updatedMs = out.createdMs;
    return out;
}

/// Written before it is handed over: after a crash it is known that it was to be told.
void NotifyService::tell(Notice notice, Courier* only, bool silent)
{
    std::vector<std::pair<Courier*, Delivery>> wanted;
    for (const auto& courier : m_couriers)
        if ((only == nullptr || only == courier.get()) && courier->wants(notice)
            && !(silent && notice.worstBefore <= courier->config().leastSeverity))
            wanted.emplace_back(courier.get(), deliveryFor(courier->config().name, notice));
    std::vector<Delivery> rows;
    for (const auto& [courier, delivery] : wanted)
        rows.push_back(delivery);
    if (only == nullptr) {
        Delivery shown = deliveryFor(kDesktop, notice);
        shown.state = DeliveryState::Sent;
        shown.attempts = 1;
        if (silent) {
            shown.state = DeliveryState::Superseded;
            shown.error = "the incident still grows; who knows of it is not told again";
        } else {
            ++m_desktopTold;
            m_desktopToldMs = notice.atMs;
        }
        rows.push_back(std::move(shown));
    }
    write(rows);
    std::vector<Delivery> after;
    for (auto& [courier, delivery] : wanted) {
        auto offered = courier->offer(std::move(delivery));
        std::ranges::move(offered.superseded, std::back_inserter(after));
        if (offered.delivery.state == DeliveryState::Dropped)
            after.push_back(std::move(offered.delivery));
    }
    write(after);
}

void NotifyService::write(const std::vector<Delivery>& rows)
{
    if (rows.empty())
        return;
    std::vector<store::SqlStatement> statements;
    for (const Delivery& row : rows)
        statements.push_back(saveDelivery(row));
    const auto written = m_journal.write(std::move(statements));
    if (!written.ok() && !std::exchange(m_journalFails, true))
        m_log.error("notify",
                    "the journal does not take what is told; people are told all the same: " + written.error().message);
    if (written.ok())
        m_journalFails = false;
    for (const Delivery& row : rows)
        if (m_changed)
            m_changed(row.id);
}

Result<Delivery> NotifyService::test(const std::string& receiver, const std::string& actor)
{
    std::shared_ptr<Courier> courier;
    Delivery delivery;
    {
        const MutexLock lock(m_mutex);
        const auto found = std::ranges::find_if(
            m_couriers, [&](const auto& candidate) { return candidate->config().name == receiver; });
        if (found == m_couriers.end()) {
            std::string names;
            for (const auto& candidate : m_couriers)
                names += (names.empty() ? "" : ", ") + candidate->config().name;
            return Error{"there is no receiver \"" + receiver + "\""
                             + (names.empty() ? "; none is configured under holdfast: notify: receivers"
                                              : "; there are " + names),
                         ErrorKind::NotFound};
        }
        courier = *found;
        Notice notice;
        notice.change = Change::Test;
        notice.atMs = m_clock.wallMs();
        notice.now.kind = "test";
        notice.now.subject = "test/" + std::to_string(m_nextId);
        notice.now.title = "Test of Holdfast's notifications; nothing is wrong";
        notice.now.text = actor + " asked for it.";
        notice.now.startedMs = notice.atMs;
        delivery = deliveryFor(receiver, notice);
        write({delivery});
    }
    const std::int64_t id = delivery.id;
    const auto offered = courier->offer(std::move(delivery));
    if (offered.delivery.state == DeliveryState::Dropped) {
        const MutexLock lock(m_mutex);
        write({offered.delivery});
        return Error{receiver + ": " + offered.delivery.error, ErrorKind::Unavailable};
    }
    const auto ended = courier->waitFor(id, courier->config().timeoutMs + kTestGraceMs);
    if (!ended)
        return Error{receiver + ": no outcome yet; it is still busy with another notification", ErrorKind::Timeout};
    if (ended->state != DeliveryState::Sent)
        return Error{receiver + ": " + ended->error, ErrorKind::Unavailable};
    return *ended;
}

std::vector<ReceiverStatus> NotifyService::receivers() const
{
    const MutexLock lock(m_mutex);
    std::vector<ReceiverStatus> out;
    ReceiverStatus desktop;
    desktop.name = kDesktop;
    desktop.kind = kDesktop;
    desktop.breaker = "closed";
    desktop.sent = m_desktopTold;
    desktop.attempts = m_desktopTold;
    desktop.lastSentMs = m_desktopToldMs;
    out.push_back(std::move(desktop));
    for (const auto& courier : m_couriers)
        out.push_back(courier->status());
    return out;
}

Result<std::vector<Delivery>> NotifyService::deliveries(std::size_t limit) const
{
    return newestDeliveries(m_journal, limit);
}

}  // namespace holdfast::notify
