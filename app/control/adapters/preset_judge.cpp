#include "app/control/adapters/preset_judge.h"

#include "app/control/adapters/preset_request.h"

#include <algorithm>

namespace holdfast::control {

Receipt refusal(const PresetContext& context, const Error& error)
{
    Receipt receipt;
    receipt.kind = error.kind == ErrorKind::Denied        ? Receipt::Kind::Denied
                   : error.kind == ErrorKind::Conflict    ? Receipt::Kind::Conflict
                   : error.kind == ErrorKind::Unavailable ? Receipt::Kind::Unreachable
                                                          : Receipt::Kind::Rejected;
    receipt.message = "nothing was sent: " + context.clean(error.message);
    return receipt;
}

Receipt judged(const PresetContext& context, const PresetAct& act, const HttpAnswer& sent, const PresetRequest& request,
               const PresetValues& values)
{
    using Means = PresetAnswer::Means;
    Receipt receipt{
        .kind = Receipt::Kind::Ambiguous, .status = sent.status, .message = {}, .latencyMs = sent.latencyMs};
    if (sent.outcome == HttpAnswer::Outcome::NotSent) {
        receipt.kind = Receipt::Kind::Unreachable;
        receipt.message = "could not be reached: " + context.clean(sent.error);
        return receipt;
    }
    if (sent.outcome == HttpAnswer::Outcome::Ambiguous) {
        receipt.message = "sent, but no answer came: " + context.clean(sent.error);
        return receipt;
    }
    const PresetReply reply = replyOf(sent, request);
    const bool success = sent.status >= 200 && sent.status <= 299;
    const std::string trouble = context.clean(troubleOf(reply.body));
    const std::string answered =
        "answered " + std::to_string(sent.status) + (trouble.empty() || success ? "" : ": " + trouble);
    for (const auto* answers : {&act.answers, &context.preset.answers})
        for (const PresetAnswer& answer : *answers) {
            const bool status = answer.statuses.empty()
                                    ? success
                                    : std::ranges::find(answer.statuses, sent.status) != answer.statuses.end();
            if (!status || !allHold(answer.when, reply, reply.body, {}, values))
                continue;
            receipt.kind = answer.means == Means::Accepted   ? Receipt::Kind::Accepted
                           : answer.means == Means::Rejected ? Receipt::Kind::Rejected
                           : answer.means == Means::Conflict ? Receipt::Kind::Conflict
                           : answer.means == Means::Denied   ? Receipt::Kind::Denied
                                                             : Receipt::Kind::Ambiguous;
            receipt.message = receipt.kind == Receipt::Kind::Accepted && answer.say.empty() ? "accepted" : answer.say;
            if (receipt.kind != Receipt::Kind::Accepted)
                receipt.message = answered + (answer.say.empty() ? "" : " – " + answer.say);
            if (answer.theirs)
                if (const auto theirs = fieldText(*answer.theirs, reply, reply.body, {}, values))
                    receipt.message += "; it is now \"" + context.clean(*theirs) + "\"";
            return receipt;
        }
    receipt.message = answered;
    if (sent.status == 401 || sent.status == 403) {
        receipt.kind = Receipt::Kind::Denied;
        receipt.message += sent.status == 401 ? " – the token to act with is missing or wrong"
                                              : " – the token to act with has no right to do this";
    } else if (sent.status == 409 || sent.status == 412) {
        receipt.kind = Receipt::Kind::Conflict;
    } else if (success) {
        receipt.message += ", but not as " + context.preset.name + " does when it is done; only a read can tell";
    } else if (sent.status < 500) {
        receipt.kind = Receipt::Kind::Rejected;
    } else {
        receipt.message += "; it may have been done all the same, only a read can tell";
    }
    return receipt;
}

}  // namespace holdfast::control
