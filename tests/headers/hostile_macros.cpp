// Macros that system headers and other libraries define in the programs of our users.
#include "standard.hpp"

#define min(a, b) hostile min
#define max(a, b) hostile max
#define small hostile small
#define near hostile near
#define far hostile far
#define interface hostile interface
#define GetObject hostile GetObject
#define GetMessage hostile GetMessage
#define SendMessage hostile SendMessage
#define DeleteFile hostile DeleteFile
#define CreateEvent hostile CreateEvent
#define ERROR hostile ERROR
#define IN hostile IN
#define OUT hostile OUT
#define DELETE hostile DELETE
#define NO_ERROR hostile NO_ERROR
#define OPTIONAL hostile OPTIONAL
#define Status hostile Status
#define None hostile None
#define Bool hostile Bool
#define Success hostile Success
#define Always hostile Always
#define emit hostile emit
#define slots hostile slots
#define signals hostile signals
#define foreach hostile foreach
#define major hostile major
#define minor hostile minor
#define unix hostile unix
#define linux hostile linux

#include "all.hpp"

std::string_view version_seen_under_hostile_macros();

std::string_view version_seen_under_hostile_macros() {
    return sent::version();
}
