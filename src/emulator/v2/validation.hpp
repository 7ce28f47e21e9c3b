#pragma once

/// @file
/// Reads the members and parameters of a request, and collects errors.

#include <map>
#include <optional>
#include <string>

#include "emulator/http/http_types.hpp"
#include "emulator/json.hpp"
#include "emulator/json_reply.hpp"
#include "emulator/state/phone_number.hpp"

namespace sent::testing::emulator {

/// Members of a JSON body. If a required member is missing, its result is empty and an error is added.
class BodyReader {
  public:
    explicit BodyReader(const Json& body) : body_(body) {}

    std::optional<std::string> required_text(const char* name);
    std::optional<std::string> required_guid(const char* name);
    std::optional<PhoneNumber> required_number(const char* name);
    std::optional<std::string> optional_text(const char* name);
    bool optional_flag(const char* name);
    enum class Values { strings, scalars };
    /// Maps names to texts. Numbers and booleans become text if scalars are allowed.
    std::map<std::string, std::string> optional_map(const char* name, Values values);

    void fail(const std::string& name, const std::string& problem);
    FieldErrors& errors() { return errors_; }
    bool good() const { return errors_.empty(); }

  private:
    const Json& body_;
    FieldErrors errors_;
};

/// Query parameters.
class QueryReader {
  public:
    explicit QueryReader(const Request& request) : request_(request) {}

    std::optional<std::string> required_guid(const char* name);
    std::optional<PhoneNumber> required_number(const char* name);
    std::string text(const char* name) const;
    long long integer(const char* name, long long if_absent, long long smallest, long long largest);

    const FieldErrors& errors() const { return errors_; }
    bool good() const { return errors_.empty(); }

  private:
    void fail(const std::string& name, const std::string& problem);

    const Request& request_;
    FieldErrors errors_;
};

}  // namespace sent::testing::emulator
