#pragma once

#include <sent/operation.hpp>

/// @file
/// What sent/client.hpp says of the parts that sent/future.hpp and sent/bulk.hpp define. Internal.

namespace sent {

namespace v1 {
class Api;
}
namespace v2 {
class Api;
}
inline namespace v3 {
class Messages;
class Contacts;
class Templates;
class Webhooks;
class Conversations;
class Numbers;
class Profiles;
class Users;
class SenderProfiles;
class Channels;
class Compliance;
class Calls;
struct Account;
}  // namespace v3

namespace detail {

class Core;
class ClientAccess;
class BulkRun;

// The headers of these parts specialise the templates. Without the header, the first use of a part is one
// error that names the header.

/// Makes calls whose result is a std::future.
template <class T, class = void>
struct FutureOf {
    template <class Start>
    static void from(const Start& /*start*/) {
        static_assert(never<T>, "sent: this function returns a std::future; add #include <sent/future.hpp>");
    }
};

/// Makes a call for each request of a source.
template <class Source, class = void>
struct BulkCalls {
    template <class... Arguments>
    static void run(const Arguments&... /*arguments*/) {
        static_assert(never<Source>, "sent: bulk() needs its own header; add #include <sent/bulk.hpp>");
    }
};

}  // namespace detail
}  // namespace sent
