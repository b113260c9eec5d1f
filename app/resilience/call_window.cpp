#include "app/resilience/call_window.h"

#include <algorithm>

namespace holdfast::resilience {

namespace {

void add(WindowTotals& to, const WindowTotals& what)
{
    to.calls += what.calls;
    to.failed += what.failed;
    to.slow += what.slow;
}

void take(WindowTotals& from, const WindowTotals& what)
{
    from.calls -= what.calls;
    from.failed -= what.failed;
    from.slow -= what.slow;
}

}  // namespace

CallWindow::CallWindow(WindowKind kind, std::size_t size) : m_kind(kind), m_ring(std::max<std::size_t>(1, size)) {}

void CallWindow::add(bool failed, bool slow, std::int64_t nowS)
{
    const WindowTotals call{1, failed ? 1U : 0U, slow ? 1U : 0U};
    if (m_kind == WindowKind::Count) {
        take(m_totals, m_ring[m_next]);
        m_ring[m_next] = call;
        m_next = (m_next + 1) % m_ring.size();
    } else {
        advance(nowS);
        holdfast::resilience::add(m_ring[static_cast<std::size_t>(m_newestS) % m_ring.size()], call);
    }
    holdfast::resilience::add(m_totals, call);
}

WindowTotals CallWindow::totals(std::int64_t nowS)
{
    if (m_kind == WindowKind::Time && m_newestS >= 0)
        advance(nowS);
    return m_totals;
}

void CallWindow::clear()
{
    std::fill(m_ring.begin(), m_ring.end(), WindowTotals{});
    m_totals = {};
    m_next = 0;
    m_newestS = -1;
}

void CallWindow::advance(std::int64_t nowS)
{
    if (m_newestS < 0) {
        m_newestS = nowS;
        return;
    }
    const auto size = static_cast<std::int64_t>(m_ring.size());
    if (nowS - m_newestS >= size) {
        clear();
        m_newestS = nowS;
        return;
    }
    while (m_newestS < nowS) {
        ++m_newestS;
        WindowTotals& oldest = m_ring[static_cast<std::size_t>(m_newestS % size)];
        take(m_totals, oldest);
        oldest = {};
    }
}

}  // namespace holdfast::resilience
