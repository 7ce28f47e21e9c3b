#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <sent/error.hpp>
#include <sent/http/transport.hpp>

/// @file
/// From what came back to an Error. One mapping for every generation and every shape of error body.

namespace sent::detail {

/// What an error body says, whichever of the documented shapes it has: the v3 envelope, a problem object, a
/// validation result, or nothing readable.
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

/// Whether a JSON object has the form of an error, in any of the ways in which services write one. For
/// answers of v1 and v2, whose successes have no mark of their own.
bool is_error_shaped(std::string_view json);

/// Never fails: what is not JSON gives an empty ErrorBody. Of `details` no more is kept than fits into 1 MiB.
[[gnu::cold]] ErrorBody parse_error_body(std::string_view body);

/// Whether the code has the form of those in the service's catalogue, such as CONFLICT_001.
bool is_service_code(std::string_view code) noexcept;

/// The status that the catalogue gives this code, which is what a failure
/// behind a 2xx means; 0 for a code of no known family.
int status_of_code(std::string_view code) noexcept;

/// An answer that is no success. Takes the body over. `secret` is blotted out wherever it stands. Outcome,
/// attempts and retry_after are the caller's to set.
[[gnu::cold]] Error error_from_answer(HttpResponse&& response, ErrorBody&& body, std::string_view secret);

/// An attempt without a complete answer.
[[gnu::cold]] Error error_from_transport(TransportError&& error, std::string_view secret);

/// A 2xx whose body is not what was expected.
[[gnu::cold]] Error undecodable_error(const HttpResponse& response, std::string_view reason,
                                      std::string_view secret);

}  // namespace sent::detail
