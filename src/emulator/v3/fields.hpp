#pragma once

/// @file
/// Reads what a v3 request carries, and collects what is wrong with it under v3's codes.

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

/// What is wrong with a request, by field.
class Problems {
  public:
    void add(const std::string& field, std::string_view code, std::string_view message);
    bool none() const { return details_.empty(); }
    /// Throws a Refusal: with the code that all problems have, or VALIDATION_001 when they differ.
    void refuse_if_any() const;

  private:
    std::string code_;
    FieldErrors details_;
};

using Values = std::vector<std::string_view>;

/// Members of a JSON object. What is absent, null or wrong gives an empty result; wrong values, and required
/// ones that are blank, leave a problem behind.
class Fields {
  public:
    /// The path stands before the names in problems: "template" gives "template.id".
    Fields(const Json& object, Problems& problems, std::string path = {});

    bool given(const char* name) const;  ///< be it as null
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
    /// An object; the problems of its members have this one's name before theirs.
    std::optional<Fields> object(const char* name);
    std::optional<Fields> required_object(const char* name);
    /// The objects in an array; their names in problems have numbers, as in "buttons[0].type".
    std::vector<Fields> objects(const char* name);

    void fail(const std::string& name, std::string_view code, std::string_view message);
    /// "template.id"
    std::string path_of(std::string_view name) const;
    Problems& problems() { return *problems_; }

  private:
    bool required(const char* name);
    std::optional<PhoneNumber> as_number(const char* name, const std::optional<std::string>& text);

    const Json& object_;
    Problems* problems_;
    std::string path_;
};

/// Query parameters; an empty value is an absent one.
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

/// A UUID in the path, in lower case; throws VALIDATION_003.
std::string path_uuid(const Call& call, std::size_t index = 0, const char* name = "id");

}  // namespace sent::testing::emulator
