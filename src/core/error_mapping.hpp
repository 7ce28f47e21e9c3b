#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <sent/error.hpp>
#include <sent/http/transport.hpp>

/// @file
/// Converts replies and transport errors to Error. One mapping for all generations and all shapes of error
/// bodies.

namespace sent::detail {

struct StructInfo;

/// The content of an error body in any documented shape: the v3 envelope, a problem object, or a validation
/// result. Empty if it cannot be read.
struct ErrorBody {
    /// In capitals, if it has the form of the service's codes.
    std::string code{};
    std::string message{};
    std::map<std::string, std::vector<std::string>> details{};
    std::string doc_url{};
    std::string request_id{};
    /// There is a body, and it is not JSON.
    bool is_foreign = false;
};

/// Whether a JSON object has the form of an error, in any of the ways in which services write one. Used for
/// replies of v1 and v2, whose successes have no mark.
bool is_error_shaped(std::string_view json);

/// Does not fail: a body that is not JSON results in an empty ErrorBody. Keeps at most 1 MiB of `details`.
[[gnu::cold]] ErrorBody parse_error_body(std::string_view body);

/// Whether the code has the form of those in the service's catalogue, such as CONFLICT_001.
bool is_service_code(std::string_view code) noexcept;

/// The status that the catalogue gives this code, which is what a failure
/// behind a 2xx means; 0 for a code of no known family.
int status_of_code(std::string_view code) noexcept;

/// Whether an error may show the body of a reply. A 2xx may hold a secret of the service, such as a new key,
/// even if it was cut off or belongs to another request. `table` is the response's, or null.
bool may_show_body(int status, const StructInfo* table);

/// Converts a reply that is not a success. Removes `secret` from all texts. The caller
/// sets outcome, attempts and retry_after. Without `may_show`, the body may hold a secret of the service and
/// is not shown.
[[gnu::cold]] Error error_from_answer(const HttpResponse& response, ErrorBody&& body, bool may_show,
                                      std::string_view secret);

/// Converts an attempt without a complete reply.
[[gnu::cold]] Error error_from_transport(TransportError&& error, std::string_view secret);

/// Converts a 2xx with an unexpected body. `may_show` as above.
[[gnu::cold]] Error undecodable_error(const HttpResponse& response, std::string_view reason, bool may_show,
                                      std::string_view secret);

}  // namespace sent::detail
