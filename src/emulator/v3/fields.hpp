#pragma once

/// @file
/// Reads the members and parameters of a v3 request, and collects problems with v3's codes.

#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/http/http_types.hpp"
#include "emulator/http/router.hpp"
#include "emulator/json.hpp"
#include "emulator/state/phone_number.hpp"
#include "emulator/v3/errors.hpp"

namespace sent::testing::emulator {

/// The problems of a request, by field.
class Problems {
  public:
    void add(const std::string& field, std::string_view code, std::string_view message);
    bool none() const { return details_.empty(); }
    /// Throws a Refusal with the code that all problems have, or VALIDATION_001 if they differ.
    void refuse_if_any() const;

  private:
    std::string code_;
    FieldErrors details_;
};

using Values = std::vector<std::string_view>;

/// Members of a JSON object. If a member is absent, null or wrong, its result is empty. Wrong values and
/// blank required members add a problem.
class Fields {
  public:
    /// `path` precedes the names in problems: with "template", the name is "template.id".
    Fields(const Json& object, Problems& problems, std::string path = {});

    bool given(const char* name) const;  ///< also true for null
    const Json& raw(const char* name) const { return member(object_, name); }

    std::optional<std::string> text(const char* name);
    std::optional<std::string> required_text(const char* name);
    std::optional<std::string> uuid(const char* name);
    std::optional<PhoneNumber> number(const char* name);
    std::optional<PhoneNumber> required_number(const char* name);
    std::optional<std::string> one_of(const char* name, const Values& allowed);
    std::optional<bool> flag(const char* name);
    std::optional<bool> required_flag(const char* name);
    std::optional<long long> integer(const char* name, long long smallest, long long largest);
    std::optional<long long> required_integer(const char* name, long long smallest, long long largest);
    std::optional<std::vector<std::string>> texts(const char* name);
    std::optional<std::map<std::string, std::string>> text_map(const char* name);
    /// Reads an object. Its name precedes the names of its members in problems.
    std::optional<Fields> object(const char* name);
    std::optional<Fields> required_object(const char* name);
    /// Reads the objects of an array. Their names in problems have numbers: "buttons[0].type".
    std::vector<Fields> objects(const char* name);

    void fail(const std::string& name, std::string_view code, std::string_view message);
    /// Returns "template.id", for example.
    std::string path_of(std::string_view name) const;
    Problems& problems() { return *problems_; }

  private:
    bool required(const char* name);
    std::optional<PhoneNumber> as_number(const char* name, const std::optional<std::string>& text);

    const Json& object_;
    Problems* problems_;
    std::string path_;
};

/// Query parameters. An empty value counts as absent.
class QueryFields {
  public:
    QueryFields(const Request& request, Problems& problems) : request_(request), problems_(problems) {}

    std::optional<std::string> text(const char* name) const;
    std::optional<bool> flag(const char* name) const;
    std::optional<long long> integer(const char* name, long long smallest, long long largest) const;
    std::optional<std::string> one_of(const char* name, const Values& allowed) const;
    std::optional<PhoneNumber> number(const char* name) const;

  private:
    const Request& request_;
    Problems& problems_;
};

/// Returns a UUID in the path, in lower case. Throws VALIDATION_003 if it is not a UUID.
std::string path_uuid(const Call& call, std::size_t index = 0, const char* name = "id");

}  // namespace sent::testing::emulator
