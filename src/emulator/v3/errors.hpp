#pragma once

/// @file
/// The catalogue of v3's error codes, and how a handler refuses a request.

#include <exception>
#include <string>
#include <string_view>
#include <utility>

#include "emulator/http/http_types.hpp"
#include "emulator/json_reply.hpp"

namespace sent::testing::emulator {

struct ErrorCode {
    std::string_view code;  ///< "VALIDATION_004"
    int status;             ///< status of the reply
    std::string_view message;
};

/// Returns the row of a code, or of INTERNAL_001 if the code is unknown.
const ErrorCode& error_code(std::string_view code);

/// Returns the code that matches a status best: CONFLICT_001 for 409.
std::string_view code_for_status(int status);

/// Thrown to refuse a v3 request. The pipeline turns it into a reply.
class Refusal : public std::exception {
  public:
    /// If `message` is empty, the catalogue's message is used.
    explicit Refusal(std::string_view code, std::string message = {}, FieldErrors details = {});

    const char* what() const noexcept override { return message_.c_str(); }
    int status() const { return status_; }
    const std::string& code() const { return code_; }
    const std::string& message() const { return message_; }
    const FieldErrors& details() const { return details_; }
    const HeaderList& headers() const { return headers_; }

    Refusal& with_status(int status) {
        status_ = status;
        return *this;
    }
    Refusal& with_header(std::string name, std::string value) {
        headers_.emplace_back(std::move(name), std::move(value));
        return *this;
    }

  private:
    int status_;
    std::string code_;
    std::string message_;
    FieldErrors details_;
    HeaderList headers_;
};

}  // namespace sent::testing::emulator
