#include "app/commands/commands.h"

int main(int argc, char** argv)
{
    return holdfast::commands::runCommandLine(argc, argv);
}
