#pragma once

/// @file
/// The JSON type of the emulator. Members keep their order, so that replies look like the reference. It has
/// the interface of nlohmann's type but compiles in a fraction of the time, because every source of the
/// emulator includes it (docs/decisions/0017-the-emulators-own-json.md).

#include <cstddef>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace sent::testing::emulator {

class JsonItem;

/// A JSON value. Reading it as a different type throws std::bad_variant_access.
class Json {
  public:
    using Array = std::vector<Json>;
    using Member = std::pair<std::string, Json>;
    using Object = std::vector<Member>;

    // Implicit, so that a list in braces reads like the JSON that it represents.
    // NOLINTBEGIN(google-explicit-constructor)
    Json();  ///< null
    Json(std::nullptr_t);
    Json(double number);
    Json(const char* text);
    Json(std::string text);
    Json(std::string_view text);
    Json(const std::vector<std::string>& texts);
    template <typename Value>
    Json(const std::map<std::string, Value>& members);
    /// A list of pairs, {{"name", value}, ...}, becomes an object, any other list an array.
    Json(std::initializer_list<JsonItem> items);
    template <typename Number, std::enable_if_t<std::is_integral_v<Number>, int> = 0>
    Json(Number value) : Json() {
        if constexpr (std::is_same_v<Number, bool>) {
            value_ = value;
        } else if constexpr (std::is_signed_v<Number>) {
            value_ = static_cast<long long>(value);
        } else {
            set(static_cast<unsigned long long>(value));
        }
    }
    // NOLINTEND(google-explicit-constructor)
    ~Json();
    Json(const Json& other);
    Json(Json&& other) noexcept;
    Json& operator=(const Json& other);
    Json& operator=(Json&& other) noexcept;

    static Json array(std::initializer_list<JsonItem> items = {});
    static Json object();
    /// Parses a text that is known to be JSON. Throws std::invalid_argument if it is not.
    static Json parse(std::string_view text);

    bool is_null() const { return std::holds_alternative<std::nullptr_t>(value_); }
    bool is_boolean() const { return std::holds_alternative<bool>(value_); }
    bool is_number() const { return is_number_integer() || std::holds_alternative<double>(value_); }
    bool is_number_integer() const {
        return std::holds_alternative<long long>(value_) ||
               std::holds_alternative<unsigned long long>(value_);
    }
    bool is_string() const { return std::holds_alternative<std::string>(value_); }
    bool is_array() const { return std::holds_alternative<Array>(value_); }
    bool is_object() const { return std::holds_alternative<Object>(value_); }

    /// Reads bool, long long or std::string. An integer above the range of long long becomes its maximum.
    template <typename Value>
    Value get() const;
    const std::string& text() const { return std::get<std::string>(value_); }

    /// Returns the number of elements of an array or members of an object. 0 for other values.
    std::size_t size() const;
    bool empty() const { return size() == 0; }

    /// Iterates over the elements of an array. Other values have none.
    Array::const_iterator begin() const;
    Array::const_iterator end() const;
    Array::iterator begin();
    Array::iterator end();
    Json& back() { return std::get<Array>(value_).back(); }
    const Json& operator[](std::size_t index) const { return std::get<Array>(value_)[index]; }
    Json& operator[](std::size_t index) { return std::get<Array>(value_)[index]; }
    /// Turns null into an array.
    void push_back(Json element);

    /// Returns the members of an object. Empty for other values.
    const Object& items() const;
    /// Returns a member of an object, or nullptr if the value has no such member.
    const Json* find(std::string_view name) const;
    bool contains(std::string_view name) const { return find(name) != nullptr; }
    /// Returns the member of that name and adds it if there is none. Turns null into an object.
    Json& operator[](std::string_view name);
    void erase(std::string_view name);
    /// Adds the members of another object, or gives them new values.
    void update(const Json& other);

    friend bool operator==(const Json& left, const Json& right);
    friend bool operator!=(const Json& left, const Json& right) { return !(left == right); }

  private:
    friend struct JsonWriter;

    void set(unsigned long long number);

    std::variant<std::nullptr_t, bool, long long, unsigned long long, double, std::string, Array, Object>
        value_;
};

template <typename Value>
Json::Json(const std::map<std::string, Value>& members) : Json(object()) {
    for (const auto& [name, value] : members) {
        std::get<Object>(value_).emplace_back(name, Json(value));
    }
}

template <>
bool Json::get<bool>() const;
template <>
long long Json::get<long long>() const;
template <>
std::string Json::get<std::string>() const;

/// An item of the braces after Json. A list has only constant elements; the values are moved out
/// nevertheless.
class JsonItem {
  public:
    // NOLINTBEGIN(google-explicit-constructor): as in Json
    JsonItem(Json value) : value_(std::move(value)) {}
    JsonItem(std::initializer_list<JsonItem> items) : value_(items) {}
    template <typename Value, std::enable_if_t<std::is_constructible_v<Json, Value> &&
                                                   !std::is_same_v<std::decay_t<Value>, Json> &&
                                                   !std::is_same_v<std::decay_t<Value>, JsonItem>,
                                               int> = 0>
    JsonItem(Value&& value) : value_(std::forward<Value>(value)) {}
    // NOLINTEND(google-explicit-constructor)

    Json take() const { return std::move(value_); }

  private:
    mutable Json value_;
};

/// Parses text from outside. Returns nothing and sets `error` if the text is not JSON or not UTF-8, is nested
/// deeper than 64, or has more than 200,000 values or more than 4,000 members in one object. A lone surrogate
/// in a string becomes U+FFFD.
std::optional<Json> parse_json(std::string_view text, std::string& error);

/// Whether text from outside can be in JSON without replacing bytes.
bool is_utf8(std::string_view text);

/// Returns a member of an object. Returns null if there is none or the value is not an object.
const Json& member(const Json& object, std::string_view name);

/// Whether a value is null or an empty text.
bool is_blank(const Json& value);

/// Returns the value as one line. Replaces bytes that are not UTF-8.
std::string to_text(const Json& value);

}  // namespace sent::testing::emulator
