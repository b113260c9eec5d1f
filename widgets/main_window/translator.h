#pragma once

#include <QTranslator>

namespace holdfast::widgets {

/// Finds what lupdate found. lupdate knows a class without its namespace, and texts of free functions by their
/// namespace only; Qt asks with the full name of the class. Thread: gui.
class Translator : public QTranslator {
    Q_OBJECT

public:
    using QTranslator::QTranslator;

    [[nodiscard]] QString translate(const char* context, const char* source, const char* disambiguation,
                                    int n) const override;
};

}  // namespace holdfast::widgets
