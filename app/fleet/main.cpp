#include "app/fleet/run_fleet.h"

int main(int argc, char** argv)
{
    return holdfast::fleet::runFleet(argc, argv);
}
