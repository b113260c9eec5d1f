#include "tests/support/fake_engine.h"

#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTcpSocket>
#include <QUrl>
#include <QUrlQuery>

#include <algorithm>
#include <array>
#include <cmath>

namespace holdfast::test {

namespace {

constexpr std::array names{"gateway", "checkout", "payments", "catalog", "search", "mail"};
constexpr int commitMs = 500;

qint64 now()
{
    return QDateTime::currentMSecsSinceEpoch();
}

double wave(double base, double swing, double seconds, double period)
{
    return base + swing * std::sin(seconds / period) + swing * 0.3 * std::sin(seconds * 1.7);
}

/// 0 before the trouble begins, 1 in its midst: it began eight minutes ago.
double trouble(double atS)
{
    const double ago = static_cast<double>(now()) / 1000.0 - atS;
    return ago > 480 ? 0.0 : std::min(1.0, (480 - ago) / 60.0);
}

QJsonArray spark(double base, double swing, double bump)
{
    QJsonArray points;
    const double end = static_cast<double>(now()) / 1000.0;
    for (int i = 0; i < 60; ++i) {
        const double at = end - (59 - i) * 30.0;
        points.append(i == 20 ? QJsonValue() : QJsonValue(wave(base, swing, at, 140) + bump * trouble(at)));
    }
    return points;
}

QJsonObject signal(const QString& state, double value, const QString& severity, const QJsonArray& points)
{
    QJsonObject object{{"state", state}, {"severity", severity}, {"spark", points}, {"count", 2400}};
    object.insert("value", state == "no_traffic" || state == "absent" ? QJsonValue() : QJsonValue(value));
    return object;
}

}  // namespace

FakeEngine::FakeEngine(QObject* parent) : QObject(parent)
{
    connect(&m_server, &QTcpServer::newConnection, this, &FakeEngine::onConnection);
    connect(&m_commits, &QTimer::timeout, this,
            [this] { hint("commit", "{\"t\":" + QByteArray::number(now()) + "}"); });
    m_commits.start(commitMs);
    listen();
}

FakeEngine::~FakeEngine()
{
    die();
}

QString FakeEngine::engineFile() const
{
    return m_directory.filePath(QStringLiteral("demo.db.engine"));
}

void FakeEngine::listen()
{
    m_server.listen(QHostAddress::LocalHost, 0);
    QFile file(engineFile());
    if (!file.open(QIODevice::WriteOnly))
        return;
    const QString url = QStringLiteral("http://127.0.0.1:%1").arg(m_server.serverPort());
    file.write(QJsonDocument(QJsonObject{{"pid", 1},
                                         {"private_url", url},
                                         {"public_url", url},
                                         {"token", "secret"},
                                         {"version", "0.1.0"},
                                         {"started_ms", now()},
                                         {"program", "/bin/true"},
                                         {"arguments", QJsonArray{"serve"}}})
                   .toJson());
}

void FakeEngine::die()
{
    m_server.close();
    const auto sockets = m_unread.keys();
    for (QTcpSocket* socket : sockets) {
        socket->disconnect(this);
        socket->abort();
        socket->deleteLater();
    }
    m_unread.clear();
    m_streams.clear();
}

int FakeEngine::count(const QString& path) const
{
    return static_cast<int>(std::count_if(m_requests.begin(), m_requests.end(),
                                          [&](const Request& request) { return request.path == path; }));
}

QJsonObject FakeEngine::posted(const QString& path) const
{
    for (const Request& request : m_requests) {
        if (request.path == path && request.method == "POST")
            return request.body;
    }
    return {};
}

void FakeEngine::hint(const QByteArray& event, const QByteArray& data)
{
    for (const auto& socket : m_streams) {
        if (socket)
            socket->write("event: " + event + "\ndata: " + data + "\n\n");
    }
}

void FakeEngine::onConnection()
{
    while (QTcpSocket* socket = m_server.nextPendingConnection()) {
        m_unread.insert(socket, {});
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { onBytes(socket); });
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
            m_unread.remove(socket);
            socket->deleteLater();
        });
    }
}

void FakeEngine::onBytes(QTcpSocket* socket)
{
    QByteArray& bytes = m_unread[socket];
    bytes += socket->readAll();
    const qsizetype headEnd = bytes.indexOf("\r\n\r\n");
    if (headEnd < 0)
        return;
    const QByteArray head = bytes.left(headEnd);
    qsizetype length = 0;
    for (const QByteArray& line : head.split('\n')) {
        if (line.toLower().startsWith("content-length:"))
            length = line.mid(15).trimmed().toLongLong();
    }
    if (bytes.size() < headEnd + 4 + length)
        return;
    const QByteArray body = bytes.mid(headEnd + 4, length);
    bytes.remove(0, headEnd + 4 + length);
    const QList<QByteArray> words = head.left(head.indexOf('\r')).split(' ');
    const QUrl url(QString::fromUtf8(words.value(1)));
    Request request{words.value(0), url.path(), url.query().toUtf8(), QJsonDocument::fromJson(body).object(), body};
    m_requests.append(request);
    answer(socket, request);
}

void FakeEngine::answer(QTcpSocket* socket, const Request& request)
{
    if (request.path == "/holdfast/v1/stream") {
        socket->write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n: hello\n\n");
        m_streams.append(socket);
        return;
    }
    int code = 200;
    const QByteArray body = bodyFor(request, code);
    socket->write("HTTP/1.1 " + QByteArray::number(code) + " X\r\nContent-Type: application/json\r\nContent-Length: "
                  + QByteArray::number(body.size()) + "\r\n\r\n" + body);
}

QByteArray FakeEngine::bodyFor(const Request& request, int& status)
{
    const auto json = [](const QJsonObject& object) { return QJsonDocument(object).toJson(QJsonDocument::Compact); };
    const QString& path = request.path;
    if (path == "/holdfast/v1/status")
        return json(this->status());
    if (path == "/holdfast/v1/fleet")
        return json(fleet());
    if (path.startsWith("/holdfast/v1/services/"))
        return json(service(path.section('/', -1)));
    if (path == "/holdfast/v1/controls")
        return json(controls());
    if (path == "/holdfast/v1/incidents")
        return json(incidents());
    if (path.startsWith("/holdfast/v1/incidents/"))
        return json(incidents().value("incidents").toArray().first().toObject());
    if (path == "/holdfast/v1/events") {
        if (request.query.contains("kind=deploy&"))
            return json({{"events", deploys}});
        return json({{"events", QJsonArray{QJsonObject{{"id", 1},
                                                       {"at_ms", now() - 400'000},
                                                       {"kind", "deploy"},
                                                       {"service", "checkout"},
                                                       {"text", "4.18.3"}},
                                           QJsonObject{{"id", 2},
                                                       {"at_ms", now() - 120'000},
                                                       {"kind", "action"},
                                                       {"service", "checkout"},
                                                       {"actor", "ana"},
                                                       {"text", "forced open"}}}}});
    }
    if (path == "/holdfast/v1/notifications")
        return json({{"receivers", QJsonArray{}}, {"notifications", notifications}});
    if (path == "/holdfast/v1/leases") {
        const bool forced = !m_forced.isEmpty() && m_forced != "auto";
        return json({{"leases", forced ? QJsonArray{lease()} : QJsonArray{}}});
    }
    if (path == "/holdfast/v1/plan")
        return json(plan(request.body));
    if (path == "/holdfast/v1/audit")
        return json({{"audit", QJsonArray{QJsonObject{{"id", 7},
                                                      {"at_ms", now() - 60'000},
                                                      {"action", 12},
                                                      {"step", "intent"},
                                                      {"actor", "ana"},
                                                      {"control", "checkout/breaker/payments"},
                                                      {"reason", "DB pool exhausted"},
                                                      {"wanted", QJsonObject{{"mode", "forced_open"}}}}}}});
    if (path == "/holdfast/v1/actions" && request.method == "POST") {
        if (!refuseActions.isEmpty()) {
            status = 409;
            return json({{"error", refuseActions}, {"kind", "conflict"}});
        }
        m_actionReads = 0;
        if (!needsSecond)
            m_forced = request.body.value("to").toString();
        m_waiting = needsSecond;
        return json(action());
    }
    if (path.endsWith("/approve") || path.endsWith("/cancel")) {
        m_cancelled = path.endsWith("/cancel");
        m_forced = m_cancelled ? QString() : QStringLiteral("forced_open");
        m_waiting = false;
        m_actionReads = 0;
        return json(action());
    }
    if (path == "/holdfast/v1/revert_all") {
        m_forced.clear();
        return json({{"actions", QJsonArray{action()}}, {"cancelled", QJsonArray{}}, {"following", QJsonArray{}}});
    }
    if (path == "/holdfast/v1/actions")
        return json({{"actions", m_forced.isEmpty() && !m_waiting ? QJsonArray{} : QJsonArray{action()}}});
    if (path.startsWith("/holdfast/v1/actions/")) {
        ++m_actionReads;
        return json(action());
    }
    if (path.endsWith("/revert")) {
        m_forced.clear();
        return json(action());
    }
    if (path == "/holdfast/v1/arm") {
        m_armed = request.body.value("for_s").toInt() > 0;
        return json({{"armed", QJsonArray{}}});
    }
    if (path == "/api/v1/query_range")
        return json(queryRange(request.form));
    if (path == "/api/v1/status/buildinfo")
        return json({{"status", "success"}, {"data", QJsonObject{{"version", "2.42.0"}}}});
    status = 404;
    return json({{"error", "no such door: " + path}, {"kind", "not_found"}});
}

QJsonObject FakeEngine::status() const
{
    return {{"version", "0.1.0"},
            {"pid", 1},
            {"now_ms", now()},
            {"started_ms", now() - 7'200'000},
            {"environment", "DEMO"},
            {"config_file", "/etc/holdfast.yml"},
            {"config_error", ""},
            {"targets", QJsonObject{{"total", 26},
                                    {"up", offline ? 2 : 25},
                                    {"down", offline ? 24 : 1},
                                    {"offline_suspected", offline},
                                    {"unknown", 0},
                                    {"last_scrape_ms", now() - 800},
                                    {"interval_ms", 2000}}},
            {"rules",
             QJsonObject{{"groups", 3}, {"rules", 23}, {"last_evaluation_ms", now() - 1200}, {"late_ms", rulesLateMs}}},
            {"store", QJsonObject{{"file", "/var/lib/demo.db"},
                                  {"bytes", 41'000'000},
                                  {"oldest_ms", now() - 7'000'000},
                                  {"newest_ms", now()},
                                  {"series", 4211},
                                  {"disk_free_bytes", diskIsFull ? qint64{1} << 30 : qint64{200} << 30},
                                  {"disk_bytes", qint64{400} << 30},
                                  {"full_in_ms", qint64{3} * 3'600'000}}},
            {"clocks", QJsonObject{{"known", 20},
                                   {"off", clockAheadMs > 2000 ? 1 : 0},
                                   {"worst_ms", clockAheadMs},
                                   {"worst", "db-3:9100"}}},
            {"controls",
             QJsonObject{{"armed", m_armed ? QJsonArray{QJsonObject{{"group", "demo"}, {"until_ms", now() + 3'000'000}}}
                                           : QJsonArray{}},
                         {"total", 4}}},
            {"holds", QJsonObject{{"count", m_forced.isEmpty() ? 0 : 1}, {"next_end_ms", now() + 702'000}}},
            {"incidents", QJsonObject{{"open", paymentsFail ? 1 : 0},
                                      {"unacknowledged", paymentsFail ? 1 : 0},
                                      {"last_closed_ms", now() - 14'400'000}}}};
}

QJsonObject FakeEngine::row(const QString& name, int index) const
{
    const bool bad = paymentsFail && (name == "payments" || name == "checkout");
    const double s = static_cast<double>(now()) / 1000.0;
    QJsonObject p99 = signal(name == "payments" && bad ? "above" : "value",
                             bad ? wave(1.84, 0.1, s, 9) : wave(0.084 + index * 0.02, 0.01, s, 9),
                             bad ? "critical" : "normal", spark(0.09 + index * 0.02, 0.01, bad ? 1.7 : 0));
    if (name == "payments" && bad)
        p99.insert("value", 10.0);
    p99.insert("limit", 0.5);
    p99.insert("lower", 1.0);
    p99.insert("upper", 2.5);
    QJsonObject errors = signal("value", bad ? wave(0.062, 0.004, s, 7) : 0.0002 * index, bad ? "critical" : "normal",
                                spark(0.0005, 0.0003, bad ? 0.06 : 0));
    errors.insert("limit", 0.01);
    if (bad)
        errors.insert("burn", 62.0);
    QJsonObject requests =
        signal("value", wave(1210 - index * 180, 40, s, 11), "normal", spark(1210 - index * 180, 40, 0));
    QJsonObject headroom =
        signal("value", bad ? 0.09 : 0.48 + index * 0.04, bad ? "warning" : "normal", spark(0.5, 0.02, bad ? -0.4 : 0));
    headroom.insert("limit", 0.15);
    headroom.insert("resource", "pool db");
    headroom.insert("minutes", bad ? QJsonValue(6.0) : QJsonValue(500.0));
    headroom.insert("minutes_low", 4.0);
    headroom.insert("minutes_high", 11.0);
    QString severity = bad ? "critical" : "normal";
    if (name == "mail") {
        severity = "unknown";
        for (QJsonObject* part : {&p99, &errors, &requests, &headroom}) {
            part->insert("state", "stale");
            part->insert("age_ms", 125'000);
            part->insert("severity", "unknown");
        }
    }
    if (name == "search")
        p99 = signal("few", 0.21, "normal", spark(0.1, 0.02, 0)), p99.insert("count", 140);
    if (name == "catalog")
        errors = signal("no_traffic", 0, "normal", {});
    return {{"name", name},
            {"tier", index < 2   ? 1
                     : index < 4 ? 2
                                 : 3},
            {"version", "4.18.2"},
            {"profile", "prometheus"},
            {"instances", 3},
            {"instances_up", name == "mail" ? 2 : 3},
            {"last_sample_ms", now() - (name == "mail" ? 125'000 : 1500)},
            {"severity", severity},
            {"p99", p99},
            {"errors", errors},
            {"requests", requests},
            {"headroom", headroom},
            {"breakers",
             QJsonObject{{"total", name == "checkout" ? 3 : 0},
                         {"open", bad && name == "checkout" && m_forced.isEmpty() ? 1 : 0},
                         {"forced", m_forced.isEmpty() || name != "checkout" ? 0 : 1},
                         {"severity", bad && name == "checkout" && m_forced.isEmpty() ? "critical" : "normal"}}},
            {"flags_on", 0}};
}

QJsonObject FakeEngine::fleet() const
{
    QJsonArray services;
    for (int i = 0; anyService && i < static_cast<int>(names.size()); ++i)
        services.append(row(names[static_cast<std::size_t>(i)], i));
    return {{"at_ms", now()},
            {"interval_ms", 2000},
            {"profile_gaps", QJsonArray{}},
            {"spark", QJsonObject{{"start_ms", now() - 59 * 30'000}, {"step_ms", 30'000}, {"points", 60}}},
            {"services", services},
            {"edges", anyService ? QJsonArray{QJsonObject{{"caller", "gateway"},
                                                          {"callee", "checkout"},
                                                          {"source", "breaker"},
                                                          {"requests", 605.0},
                                                          {"errors", 0.01},
                                                          {"breaker", "gateway/breaker/checkout"}},
                                              QJsonObject{{"caller", "checkout"},
                                                          {"callee", "payments"},
                                                          {"source", "breaker"},
                                                          {"requests", 310.0},
                                                          {"errors", 0.41},
                                                          {"breaker", "checkout/breaker/payments"}}}
                                 : QJsonArray{}}};
}

QJsonObject FakeEngine::service(const QString& name) const
{
    QJsonObject page = row(name, name == "checkout" ? 1 : 2);
    const auto lane = [](const char* id, const char* title, const char* unit, const QJsonArray& queries,
                         const QJsonValue& limit) {
        return QJsonObject{{"id", id}, {"title", title}, {"unit", unit}, {"queries", queries}, {"limit", limit}};
    };
    const auto query = [](const char* title, const char* expr, const char* role) {
        return QJsonObject{{"name", title}, {"expr", expr}, {"role", role}};
    };
    page.insert(
        "lanes",
        QJsonArray{lane("latency", "Latency", "seconds",
                        {query("p99", "p99", "main"), query("p90", "p90", "second"), query("p50", "p50", "third")},
                        QJsonObject{{"value", 0.5}, {"text", "SLO 500 ms"}, {"bad", "above"}}),
                   QJsonObject{{"id", "heatmap"},
                               {"title", "Latency heatmap"},
                               {"unit", "seconds"},
                               {"heatmap", QJsonObject{{"expr", "heat[$step]"}, {"slo", 0.5}}}},
                   lane("errors", "Errors", "ratio", {query("errors", "errors", "main")},
                        QJsonObject{{"value", 0.01}, {"text", "1 %"}, {"bad", "above"}}),
                   lane("requests", "Requests", "per_second", {query("requests", "requests", "main")}, {}),
                   lane("headroom", "Headroom", "ratio", {query("headroom", "headroom", "main")},
                        QJsonObject{{"value", 0.15}, {"text", "limit 15 %"}, {"bad", "below"}}),
                   lane("queue", "Queue", "count", {query("waiting", "queue", "main")}, {}),
                   QJsonObject{{"id", "retries"},
                               {"title", "Retries"},
                               {"unit", "multiple"},
                               {"queries", QJsonArray{}},
                               {"missing", "No retry counter in this service."}}});
    QJsonArray breakers;
    for (const char* callee : {"payments", "inventory", "shipping"})
        breakers.append(QJsonObject{{"control", QStringLiteral("checkout/breaker/%1").arg(callee)},
                                    {"name", callee},
                                    {"callee", callee},
                                    {"state_expr", QStringLiteral("state_%1").arg(callee)},
                                    {"open_expr", QStringLiteral("open_%1").arg(callee)},
                                    {"instances_expr", "three"}});
    page.insert("breakers", breakers);
    page.insert("flags", QJsonArray{QJsonObject{{"control", "checkout/flag/recommendations-off"},
                                                {"name", "recommendations-off"},
                                                {"state_expr", "flag"}}});
    page.insert("instances",
                QJsonArray{QJsonObject{{"instance", "127.0.0.1:7101"}, {"up", true}, {"version", "4.18.2"}}});
    page.insert("callers", QJsonArray{"gateway"});
    page.insert("callees", QJsonArray{"payments"});
    return page;
}

QJsonObject FakeEngine::controls() const
{
    const bool forced = !m_forced.isEmpty() && m_forced != "auto";
    const QJsonArray options{QJsonObject{{"value", "forced_open"}, {"label", "Open breaker"}},
                             QJsonObject{{"value", "forced_closed"}, {"label", "Force closed"}},
                             QJsonObject{{"value", "auto"}, {"label", "Release"}}};
    QJsonObject payments{{"id", "checkout/breaker/payments"},
                         {"kind", "breaker"},
                         {"service", "checkout"},
                         {"name", "payments"},
                         {"callee", "payments"},
                         {"adapter", "holdfast"},
                         {"group", "demo"},
                         {"wanted", forced ? "forced_open" : "auto"},
                         {"word", forced          ? "FORCED OPEN – rejecting calls"
                                  : paymentsOpens ? "OPEN – rejecting calls"
                                                  : "CLOSED – passing calls"},
                         {"state", forced          ? "forced_open"
                                   : paymentsOpens ? "open"
                                                   : "closed"},
                         {"k", forced ? 3 : 2},
                         {"n", 3},
                         {"quality", "confirmed"},
                         {"observed_ms", now() - 3000},
                         {"instances", QJsonArray{QJsonObject{{"instance", "127.0.0.1:7101"},
                                                              {"state", forced ? "forced_open" : "open"},
                                                              {"mode", forced ? "forced_open" : "auto"}}}},
                         {"options", options},
                         {"effect", "Users see the “pay later” page"},
                         {"native_ttl", true},
                         {"max_hold_s", 14400},
                         {"blast", "high"},
                         {"locked", ""},
                         {"failure_ratio", 0.71},
                         {"failure_limit", 0.5},
                         {"refused_per_s", 42.0}};
    if (forced)
        payments.insert("lease", lease());
    QJsonObject flag{{"id", "checkout/flag/recommendations-off"},
                     {"kind", "flag"},
                     {"service", "checkout"},
                     {"name", "recommendations-off"},
                     {"group", "demo"},
                     {"word", "off"},
                     {"state", "off"},
                     {"k", 3},
                     {"n", 3},
                     {"quality", "confirmed"},
                     {"observed_ms", now() - 2000},
                     {"blast", "low"},
                     {"options", QJsonArray{QJsonObject{{"value", "forced_on"}, {"label", "Switch on"}},
                                            QJsonObject{{"value", "auto"}, {"label", "Release"}}}},
                     {"native_ttl", true},
                     {"max_hold_s", 14400},
                     {"locked", ""}};
    QJsonObject gateway = payments;
    gateway.remove("lease");
    gateway["id"] = "gateway/breaker/checkout";
    gateway["service"] = "gateway";
    gateway["name"] = gateway["callee"] = "checkout";
    gateway["state"] = gatewayOpens ? "open" : "closed";
    gateway["word"] = gatewayOpens ? "OPEN – rejecting calls" : "CLOSED – passing calls";
    gateway["instances"] = QJsonArray{};
    return {{"controls", QJsonArray{gateway, payments, flag}}};
}

QJsonObject FakeEngine::lease() const
{
    return {{"id", 3},
            {"action", 12},
            {"control", "checkout/breaker/payments"},
            {"word", "FORCED OPEN – rejecting calls"},
            {"k", 3},
            {"n", 3},
            {"until_ms", now() + 702'000},
            {"actor", "ana"},
            {"reason", "DB pool exhausted"},
            {"keeper", "service"},
            {"state", "holding"},
            {"verified_ms", now() - 1000},
            {"drifted", 0}};
}

QJsonObject FakeEngine::plan(const QJsonObject& wish) const
{
    const bool releases = wish.value("to") == "auto";
    const QString control = wish.value("control").toString();
    const QString hold = wish.value("until_recovered").toBool()
                             ? QStringLiteral(" until it recovers, 2 h at most")
                             : QStringLiteral(" for %1 min").arg(wish.value("hold_s").toInt() / 60);
    const QString sentence = releases                     ? QStringLiteral("Release on 3 instances")
                             : control.contains("/flag/") ? "Switch recommendations-off on in 3 instances" + hold
                                                          : "Open breaker on 3 instances" + hold;
    QJsonArray lines;
    if (releases)
        lines.append(QJsonObject{{"kind", "note"}, {"text", "Nothing is held any longer: the service decides again"}});
    else
        lines.append(
            QJsonObject{{"kind", "refused"},
                        {"text", QStringLiteral("42 calls/s will be refused at once (26 % of checkout's requests)")
                                     + (paymentsOpens ? ", 2 of 3 instances refuse them already" : "")}});
    const bool own = wish.value("actor") == "ana";
    return {{"control", control},
            {"from", "auto"},
            {"to", wish.value("to")},
            {"instances", 3},
            {"sentence", sentence},
            {"hold", "kept in the service"},
            {"requests", QJsonArray{"PUT http://127.0.0.1:7101/resilience/v1/breakers/payments"}},
            {"lines", lines},
            {"releases", releases},
            {"approval", needsSecond ? "second" : ""},
            {"blast", releases ? "low" : "high"},
            {"type_name", releases ? "" : "payments"},
            {"expected_revision", "7"},
            {"warnings", m_forced.isEmpty() || (releases && own)
                             ? QJsonArray{}
                             : QJsonArray{"127.0.0.1:7101 is held forced open by ana"}}};
}

QJsonObject FakeEngine::incidents() const
{
    if (!paymentsFail)
        return {{"incidents", QJsonArray{}}};
    return {{"incidents", QJsonArray{QJsonObject{{"id", 142},
                                                 {"title", "payments failing → checkout"},
                                                 {"state", "new"},
                                                 {"severity", "sev1"},
                                                 {"opened_ms", now() - 372'000},
                                                 {"acked_ms", QJsonValue()},
                                                 {"last_signal_ms", now() - 20'000},
                                                 {"signals", 14},
                                                 {"services", QJsonArray{"payments", "checkout"}},
                                                 {"origin", "payments"},
                                                 {"owner", ""},
                                                 {"overrides", 0}}}}};
}

QJsonObject FakeEngine::effect() const
{
    return {
        {"state", "ready"},
        {"lines",
         QJsonArray{
             QJsonObject{{"signal", "errors"}, {"before", 0.062}, {"now", 0.009}, {"verdict", "improved"}, {"z", 14.0}},
             QJsonObject{{"signal", "p99"}, {"before", 1.84}, {"now", 0.52}, {"verdict", "improved"}},
             QJsonObject{{"signal", "requests"}, {"before", 1210.0}, {"now", 1180.0}, {"verdict", "no_clear_change"}},
             QJsonObject{{"signal", "headroom"}, {"before", 0.09}, {"now", 0.54}, {"verdict", "improved"}},
             QJsonObject{{"signal", "payments p99"}, {"before", 10.0}, {"now", 2.1}, {"verdict", "improved"}}}}};
}

QJsonObject FakeEngine::action() const
{
    const bool done = m_actionReads > 0;
    return {{"id", 12},
            {"control", "checkout/breaker/payments"},
            {"service", "checkout"},
            {"kind", "breaker"},
            {"from", "auto"},
            {"to", m_forced},
            {"state", m_waiting     ? "waiting_approval"
                      : m_cancelled ? "cancelled"
                      : done        ? "verified"
                                    : "intent"},
            {"lease", 3},
            {"effect", done ? QJsonValue(effect()) : QJsonValue()},
            {"k", done ? 3 : 0},
            {"n", 3},
            {"actor", "ana"},
            {"reason", "r"},
            {"created_ms", now()},
            {"updated_ms", now()},
            {"message", done ? "3 of 3 instances read back as forced open" : ""},
            {"instances", QJsonArray{}}};
}

QJsonObject FakeEngine::queryRange(const QByteArray& form) const
{
    const QUrlQuery fields(QString::fromUtf8(form));
    const QString expr = fields.queryItemValue("query", QUrl::FullyDecoded);
    const double start = fields.queryItemValue("start").toDouble();
    const double end = fields.queryItemValue("end").toDouble();
    const double step = std::max(0.1, fields.queryItemValue("step").toDouble());
    const auto valueAt = [&](double at) -> double {
        const double bad = paymentsFail ? trouble(at) : 0;
        if (expr == "p99")
            return wave(0.21, 0.02, at, 40) + 1.6 * bad;
        if (expr == "p90")
            return wave(0.12, 0.01, at, 40) + 0.5 * bad;
        if (expr == "p50")
            return wave(0.05, 0.005, at, 40) + 0.1 * bad;
        if (expr == "errors")
            return wave(0.001, 0.0005, at, 30) + 0.06 * bad;
        if (expr == "requests")
            return wave(1210, 40, at, 50);
        if (expr == "headroom")
            return wave(0.55, 0.02, at, 60) - 0.46 * bad;
        if (expr == "queue")
            return std::floor(wave(4, 3, at, 20) + 80 * bad);
        if (expr == "state_payments")
            return bad > 0.6 ? (m_forced == "forced_open" && at > static_cast<double>(now()) / 1000 - 90 ? 3 : 2) : 0;
        if (expr == "open_payments")
            return bad > 0.6 ? 2 : 0;
        if (expr == "three")
            return 3;
        return 0;
    };
    QJsonArray result;
    const auto series = [&](const QJsonObject& metric, auto&& value) {
        QJsonArray values;
        for (double at = start; at <= end + 1e-6; at += step) {
            const bool gap = expr != "three" && at > end - 1000 && at < end - 900 && end - start > 1500;
            if (!gap)
                values.append(QJsonArray{at, QString::number(value(at), 'g', 9)});
        }
        result.append(QJsonObject{{"metric", metric}, {"values", values}});
    };
    if (expr.startsWith("heat")) {
        const std::array<const char*, 9> bounds{"0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "10", "+Inf"};
        for (std::size_t i = 0; i < bounds.size(); ++i)
            series({{"le", bounds[i]}}, [&](double at) {
                const double centre = 2.2 + 3.6 * trouble(at) * (paymentsFail ? 1 : 0);
                return 2000.0 * step / (1.0 + std::exp((centre - static_cast<double>(i)) * 1.8));
            });
    } else {
        series({}, valueAt);
    }
    return {{"status", "success"}, {"data", QJsonObject{{"resultType", "matrix"}, {"result", result}}}};
}

}  // namespace holdfast::test
