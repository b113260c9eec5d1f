#include "widgets/client/engine_file.h"

#include "widgets/client/json_fields.h"

#include <QFile>

namespace holdfast::widgets {

Result<EngineFile> readEngineFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{"no engine file at " + path.toStdString() + ": " + file.errorString().toStdString(),
                     ErrorKind::NotFound};
    constexpr qint64 sizeLimit = 65536;  // a few hundred bytes in practice
    auto root = jsonObject(file.read(sizeLimit)).in(path.toStdString());
    if (!root)
        return std::move(root).error();
    EngineFile engine;
    engine.pid = intField(*root, "pid");
    engine.privateUrl = QUrl(textField(*root, "private_url"));
    engine.publicUrl = QUrl(textField(*root, "public_url"));
    engine.token = textField(*root, "token").toUtf8();
    engine.version = textField(*root, "version");
    engine.startedMs = intField(*root, "started_ms");
    engine.program = textField(*root, "program");
    engine.arguments = textList(*root, "arguments");
    if (!engine.privateUrl.isValid() || engine.privateUrl.host().isEmpty())
        return Error{path.toStdString() + ": private_url is missing", ErrorKind::Corrupt};
    return engine;
}

}  // namespace holdfast::widgets
