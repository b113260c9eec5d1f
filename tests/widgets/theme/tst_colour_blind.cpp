#include "widgets/theme/tokens.h"

#include <QTest>

#include <array>
#include <cmath>
#include <numbers>

using namespace holdfast::widgets;

namespace {

using Triple = std::array<double, 3>;
using Matrix = std::array<Triple, 3>;

// Machado, Oliveira, Fernandes: A Physiologically-based Model for Simulation of Color Vision Deficiency (2009),
// severity 1.0, on linear RGB.
constexpr Matrix usual{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
constexpr Matrix protan{
    {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}};
constexpr Matrix deutan{
    {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}};
constexpr Matrix tritan{
    {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}};
// IEC 61966-2-1, D65.
constexpr Matrix toXyz{
    {{0.4124564, 0.3575761, 0.1804375}, {0.2126729, 0.7151522, 0.0721750}, {0.0193339, 0.1191920, 0.9503041}}};

Triple times(const Matrix& m, const Triple& v)
{
    Triple out{};
    for (std::size_t row = 0; row < 3; ++row)
        out[row] = m[row][0] * v[0] + m[row][1] * v[1] + m[row][2] * v[2];
    return out;
}

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double clipped(double channel)
{
    return std::min(1.0, std::max(0.0, channel));
}

/// CIE L*a*b* of a colour as an eye with this matrix sees it.
Triple labOf(const QColor& colour, const Matrix& eye)
{
    Triple seen = times(eye, {linear(colour.redF()), linear(colour.greenF()), linear(colour.blueF())});
    for (double& channel : seen)
        channel = clipped(channel);
    const Triple xyz = times(toXyz, seen);
    const auto f = [](double t) { return t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116; };
    const double x = f(xyz[0] / 0.95047);
    const double y = f(xyz[1]);
    const double z = f(xyz[2] / 1.08883);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

/// Source: Sharma, Wu, Dalal: The CIEDE2000 Color-Difference Formula (2005).
double deltaE(const Triple& one, const Triple& two)
{
    constexpr double pi = std::numbers::pi;
    const auto chroma = [](double a, double b) { return std::hypot(a, b); };
    const double mean7 = std::pow((chroma(one[1], one[2]) + chroma(two[1], two[2])) / 2, 7);
    const double g = 0.5 * (1 - std::sqrt(mean7 / (mean7 + std::pow(25.0, 7))));
    const double a1 = one[1] * (1 + g);
    const double a2 = two[1] * (1 + g);
    const double c1 = chroma(a1, one[2]);
    const double c2 = chroma(a2, two[2]);
    const auto hue = [](double a, double b) {
        const double angle = a == 0 && b == 0 ? 0 : std::atan2(b, a);
        return angle < 0 ? angle + 2 * pi : angle;
    };
    const double h1 = hue(a1, one[2]);
    const double h2 = hue(a2, two[2]);
    double dh = c1 * c2 == 0 ? 0 : h2 - h1;
    if (dh > pi)
        dh -= 2 * pi;
    else if (dh < -pi)
        dh += 2 * pi;
    const double dL = two[0] - one[0];
    const double dC = c2 - c1;
    const double dH = 2 * std::sqrt(c1 * c2) * std::sin(dh / 2);
    const double L = (one[0] + two[0]) / 2;
    const double C = (c1 + c2) / 2;
    double h = h1 + h2;
    if (c1 * c2 != 0) {
        if (std::abs(h1 - h2) > pi)
            h += h < 2 * pi ? 2 * pi : -2 * pi;
        h /= 2;
    }
    const auto degrees = [](double d) { return d * pi / 180; };
    const double T = 1 - 0.17 * std::cos(h - degrees(30)) + 0.24 * std::cos(2 * h) + 0.32 * std::cos(3 * h + degrees(6))
                     - 0.20 * std::cos(4 * h - degrees(63));
    const double away = (h * 180 / pi - 275) / 25;
    const double C7 = std::pow(C, 7);
    const double rotation =
        -2 * std::sqrt(C7 / (C7 + std::pow(25.0, 7))) * std::sin(degrees(60 * std::exp(-away * away)));
    const double L50 = (L - 50) * (L - 50);
    const double l = dL / (1 + 0.015 * L50 / std::sqrt(20 + L50));
    const double c = dC / (1 + 0.045 * C);
    const double k = dH / (1 + 0.015 * C * T);
    return std::sqrt(l * l + c * c + k * k + rotation * c * k);
}

struct Eye {
    const char* name;
    Matrix matrix;
};
constexpr std::array eyes{Eye{"usual", usual}, Eye{"protan", protan}, Eye{"deutan", deutan}, Eye{"tritan", tritan}};

}  // namespace

/// The four colours that say something stay apart for eyes with any of the three deficiencies. Shapes and words say it
/// too; this is for the glance.
class TestColourBlind : public QObject {
    Q_OBJECT

private slots:
    void computesTheDifferenceAsItsAuthorsDo()
    {
        const auto rounded = [](double d) { return qRound(d * 10'000); };
        QCOMPARE(rounded(deltaE({50, 2.6772, -79.7751}, {50, 0, -82.7485})), 20425);
        QCOMPARE(rounded(deltaE({50, 2.5, 0}, {50, 0, -2.5})), 43065);
        QCOMPARE(rounded(deltaE({2.0776, 0.0795, -1.1350}, {0.9033, -0.0636, -0.5514})), 9082);
        QCOMPARE(rounded(deltaE({60.2574, -34.0099, 36.2677}, {60.4626, -34.1751, 39.4387})), 12644);
        QCOMPARE(rounded(deltaE({50, -1, 2}, {50, 0, 0})), 23669);
    }

    void keepsTheStatusColoursApart_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<int>("eye");
        for (const bool dark : {true, false}) {
            for (std::size_t i = 0; i < eyes.size(); ++i)
                QTest::addRow("%s %s", dark ? "dark" : "light", eyes[i].name) << dark << static_cast<int>(i);
        }
    }
    void keepsTheStatusColoursApart()
    {
        QFETCH(bool, dark);
        QFETCH(int, eye);
        const Tokens t = dark ? darkTokens() : lightTokens();
        const std::array colours{t.critical, t.warning, t.unknown, t.held};
        double least = 1000;
        for (std::size_t i = 0; i < colours.size(); ++i) {
            for (std::size_t k = i + 1; k < colours.size(); ++k) {
                const Matrix& matrix = eyes[static_cast<std::size_t>(eye)].matrix;
                least = std::min(least, deltaE(labOf(colours[i], matrix), labOf(colours[k], matrix)));
            }
        }
        // 15: far above the 10 from which two colours are told apart at a glance; the palette has 15.4 at its worst.
        QVERIFY2(least >= 15, qPrintable(QString::number(least)));
    }
};

QTEST_GUILESS_MAIN(TestColourBlind)
#include "tst_colour_blind.moc"
