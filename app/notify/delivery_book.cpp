#include "app/notify/delivery_book.h"

#include <string>

namespace holdfast::notify {

namespace {

const std::string kColumns = "SELECT id, receiver, state, attempts, repeated, created_ms, updated_ms, error, data_json "
                             "FROM notification ";

Delivery deliveryOf(const store::SqlRow& row)
{
    Delivery out;
    out.id = row.integer(0);
    out.receiver = row.text(1);
    out.state = deliveryStateOf(row.text(2));
    out.attempts = static_cast<int>(row.integer(3));
    out.repeated = row.integer(4) != 0;
    out.createdMs = row.integer(5);
    out.updatedMs = row.integer(6);
    out.error = row.text(7);
    out.notice = noticeFromJson(row.text(8));
    return out;
}

Result<std::vector<Delivery>> readAll(const store::Journal& journal, const store::SqlStatement& statement)
{
    HF_TRY(const auto rows, journal.read(statement));
    std::vector<Delivery> out;
    out.reserve(rows.size());
    for (const store::SqlRow& row : rows)
        out.push_back(deliveryOf(row));
    return out;
}

}  // namespace

store::SqlStatement saveDelivery(const Delivery& delivery)
{
    return {.sql = "INSERT OR REPLACE INTO notification(id, receiver, subject, change, state, attempts, repeated, "
                   "created_ms, updated_ms, error, data_json) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            .values = {delivery.id, delivery.receiver, delivery.notice.now.subject,
                       std::string(changeWord(delivery.notice.change)), std::string(deliveryWord(delivery.state)),
                       std::int64_t{delivery.attempts}, std::int64_t{delivery.repeated ? 1 : 0}, delivery.createdMs,
                       delivery.updatedMs, delivery.error, noticeJson(delivery.notice)}};
}

Result<std::vector<Delivery>> newestDeliveries(const store::Journal& journal, std::size_t limit)
{
    return readAll(journal,
                   {.sql = kColumns + "ORDER BY id DESC LIMIT ?", .values = {static_cast<std::int64_t>(limit)}});
}

Result<std::vector<Delivery>> deliveriesSince(const store::Journal& journal, std::int64_t sinceMs)
{
    return readAll(journal, {.sql = kColumns + "WHERE created_ms >= ? OR state IN ('waiting', 'sending') ORDER BY id",
                             .values = {sinceMs}});
}

Result<std::int64_t> newestDeliveryId(const store::Journal& journal)
{
    HF_TRY(const auto rows, journal.read({.sql = "SELECT max(id) FROM notification", .values = {}}));
    return rows.empty() ? std::int64_t{0} : rows.front().integer(0);
}

store::SqlStatement forgetDeliveries(std::int64_t beforeMs)
{
    return {.sql = "DELETE FROM notification WHERE created_ms < ? AND state NOT IN ('waiting', 'sending')",
            .values = {beforeMs}};
}

}  // namespace holdfast::notify
