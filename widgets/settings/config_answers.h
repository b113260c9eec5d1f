#pragma once

#include "app/base/result.h"

#include <QString>
#include <QStringList>

class QByteArray;

namespace holdfast::widgets {

/// `GET /holdfast/v1/config`.
struct ConfigText {
    QString file;
    QString text;
    QString revision;
    bool writable = false;
};

/// What a check or a change was answered with.
struct ConfigVerdict {
    QStringList warnings;
    QString revision;  ///< of the file after a change
    QString backup;    ///< where the text before is kept
};

[[nodiscard]] Result<ConfigText> decodeConfigText(const QByteArray& body);
[[nodiscard]] Result<ConfigVerdict> decodeConfigVerdict(const QByteArray& body);

}  // namespace holdfast::widgets
