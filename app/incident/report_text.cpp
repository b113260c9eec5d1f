#include "app/incident/report_text.h"

#include "app/base/duration.h"
#include "app/base/hex_digit.h"
#include "app/base/time_text.h"
#include "app/control/sha256.h"

#include <algorithm>
#include <array>

namespace holdfast::incident {

namespace {

constexpr std::string_view kStyle = R"css(
:root{color-scheme:light}
body{font:14px/1.45 system-ui,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;color:#1b1f24;background:#fff;max-width:1060px;margin:24px auto;padding:0 20px}
h1{font-size:22px;margin:0 0 4px}
h2{font-size:16px;margin:28px 0 8px;border-bottom:1px solid #d0d7de;padding-bottom:4px}
p.sub{color:#57606a;margin:0 0 16px}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{text-align:left;vertical-align:top;padding:4px 10px 4px 0;border-bottom:1px solid #eaeef2}
th{color:#57606a;font-weight:600}
td.t{white-space:nowrap;color:#57606a}
table.facts{width:auto}
tr.star td{background:#fff8dc}
.badge{display:inline-block;border:1px solid #8c959f;border-radius:3px;padding:0 6px;font-size:12px;font-weight:600}
.bad{color:#b3261e;border-color:#b3261e}
.good{color:#1a6b34}
.worse{color:#b3261e}
svg{display:block;width:100%;height:auto;margin:0 0 2px}
details{margin:2px 0 10px}
summary{cursor:pointer;color:#57606a;font-size:12px}
details td,details th{font-size:12px;padding:1px 10px 1px 0}
.note{color:#57606a}
footer{margin-top:32px;color:#57606a;font-size:12px}
@media print{body{max-width:none;margin:0;padding:0;font-size:11px}h2{break-after:avoid}svg,tr{break-inside:avoid}details{display:none}}
)css";

std::string base64OfHex(std::string_view hex)
{
    constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        bytes += static_cast<char>(hexDigit(hex[i]) * 16 + hexDigit(hex[i + 1]));
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t word = 0;
        for (std::size_t j = 0; j < 3; ++j)
            word = (word << 8U) | (i + j < bytes.size() ? static_cast<std::uint8_t>(bytes[i + j]) : 0U);
        for (std::size_t j = 0; j < 4; ++j)
            out += i + j <= bytes.size() ? kDigits[(word >> (18U - 6U * j)) & 63U] : '=';
    }
    return out;
}

}  // namespace

std::string utcText(std::int64_t ms)
{
    std::string text = rfc3339(ms).substr(0, 19);
    text[10] = ' ';
    return text + "Z";
}

std::string utcText(const std::optional<std::int64_t>& ms)
{
    return ms ? utcText(*ms) : "–";
}

std::string spanText(std::int64_t ms)
{
    return formatDuration(std::max<std::int64_t>(ms, 0) / 1000 * 1000);
}

std::string markdownText(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (c == '\n' || c == '\r' || c == '\t')
            out += ' ';
        else if (c == '<')
            out += "&lt;";
        else if (c == '&')
            out += "&amp;";
        else if (std::string_view("\\`*_[]|#").find(c) != std::string_view::npos)
            (out += '\\') += c;
        else
            out += c;
    }
    return out;
}

std::string htmlText(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\'': out += "&#39;"; break;
        default:
            if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t')
                out += c;
        }
    }
    return out;
}

std::string upperText(std::string_view text)
{
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return out;
}

std::string listText(const std::vector<std::string>& names)
{
    std::string out;
    for (const auto& name : names)
        out += (out.empty() ? "" : ", ") + name;
    return out.empty() ? "–" : out;
}

const char* kindText(std::string_view eventKind)
{
    constexpr std::array<std::pair<std::string_view, const char*>, 18> kWords{{{"alert_on", "signal"},
                                                                               {"alert_off", "signal over"},
                                                                               {"override_end", "override end"},
                                                                               {"foreign_change", "changed elsewhere"},
                                                                               {"scrape_gap", "scrape gap"},
                                                                               {"clock_skew", "clock skew"},
                                                                               {"readback", "read-back"},
                                                                               {"breaker", "breaker"},
                                                                               {"flag", "flag"},
                                                                               {"action", "action"},
                                                                               {"effect", "effect"},
                                                                               {"drift", "drift"},
                                                                               {"deploy", "deploy"},
                                                                               {"restart", "restart"},
                                                                               {"note", "note"},
                                                                               {"ack", "ack"},
                                                                               {"state", "state"},
                                                                               {"target", "target"}}};
    const auto* const found = std::ranges::find(kWords, eventKind, &std::pair<std::string_view, const char*>::first);
    return found == kWords.end() ? "event" : found->second;
}

const char* verdictText(std::string_view verdict)
{
    if (verdict == "improved")
        return "better";
    if (verdict == "worse")
        return "worse";
    if (verdict == "mixed")
        return "partly better, partly worse";
    if (verdict == "no_clear_change")
        return "no clear change";
    return verdict == "confounded" ? "confounded" : "too early to tell";
}

std::string htmlHead(std::string_view title)
{
    static const std::string hash = base64OfHex(control::sha256Hex(kStyle));
    return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n<meta "
           "http-equiv=\"Content-Security-Policy\" "
           "content=\"default-src 'none'; style-src 'sha256-"
           + hash + "'; base-uri 'none'; form-action 'none'\">\n"
           + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<meta name=\"referrer\" "
             "content=\"no-referrer\">\n<title>"
           + htmlText(title) + "</title>\n<style>" + std::string(kStyle) + "</style></head><body>\n";
}

}  // namespace holdfast::incident
