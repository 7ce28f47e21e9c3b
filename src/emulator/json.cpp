#include "emulator/json.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "base/text/surrogates.hpp"

namespace sent::testing::emulator {
namespace {

using Parser = nlohmann::json;

constexpr std::size_t deepest_nesting = 64;
// Limits memory: each value takes at least 40 bytes, however short its text is.
constexpr std::size_t most_values = 200'000;
// Limits time: a member is found by comparing all members before it.
constexpr std::size_t most_members = 4'000;

// Builds the value of a text from the events of nlohmann's parser. Refuses texts that would exhaust memory or
// time.
class Builder {
  public:
    bool null() { return add(nullptr); }
    bool boolean(bool value) { return add(value); }
    bool number_integer(Parser::number_integer_t value) { return add(value); }
    bool number_unsigned(Parser::number_unsigned_t value) { return add(value); }
    bool number_float(double value, const std::string& /*text*/) { return add(value); }
    bool string(std::string& value) { return add(std::move(value)); }
    static bool binary(Parser::binary_t& /*value*/) { return false; }  // does not occur in text

    bool start_object(std::size_t /*size*/) { return open(Json::object()); }
    bool start_array(std::size_t /*size*/) { return open(Json::array()); }
    bool key(std::string& name) {
        name_ = std::move(name);
        return true;
    }
    bool end_object() { return close(); }
    bool end_array() { return close(); }
    static bool parse_error(std::size_t /*at*/, const std::string& /*token*/,
                            const Parser::exception& /*error*/) {
        return false;
    }

    // Returns why the text is refused although it may be JSON, or an empty text.
    std::string_view problem() const { return problem_; }
    Json take() { return std::move(root_); }

  private:
    Json& place(Json value) {
        if (open_.empty()) {
            return root_ = std::move(value);
        }
        Json& parent = *open_.back();
        if (parent.is_object()) {
            return parent[name_] = std::move(value);
        }
        parent.push_back(std::move(value));
        return parent.back();
    }
    bool fits() {
        if (++values_ > most_values) {
            problem_ = "The JSON has more than 200000 values.";
        } else if (!open_.empty() && open_.back()->items().size() == most_members) {
            problem_ = "An object of the JSON has more than 4000 members.";
        }
        return problem_.empty();
    }
    bool add(Json value) {
        if (!fits()) {
            return false;
        }
        place(std::move(value));
        return true;
    }
    bool open(Json value) {
        if (open_.size() == deepest_nesting) {
            problem_ = "The JSON is nested too deeply.";
        }
        if (!problem_.empty() || !fits()) {
            return false;
        }
        open_.push_back(&place(std::move(value)));
        return true;
    }
    bool close() {
        open_.pop_back();
        return true;
    }

    Json root_;
    std::vector<Json*> open_;  // a container does not grow while one inside it is open
    std::string name_;
    std::size_t values_ = 0;
    std::string_view problem_;
};

bool stays_as_it_is(char c) {
    return c >= ' ' && c <= '~' && c != '"' && c != '\\';
}

void write_text(const std::string& text, std::string& into) {
    if (std::all_of(text.begin(), text.end(), stays_as_it_is)) {
        into.append(1, '"').append(text).append(1, '"');
    } else {
        into.append(Parser(text).dump(-1, ' ', false, Parser::error_handler_t::replace));
    }
}

}  // namespace

struct JsonWriter {
    std::string& into;

    void write(const Json& value) { std::visit(*this, value.value_); }

    void operator()(std::nullptr_t) { into.append("null"); }
    void operator()(bool value) { into.append(value ? "true" : "false"); }
    void operator()(long long number) { into.append(std::to_string(number)); }
    void operator()(unsigned long long number) { into.append(std::to_string(number)); }
    void operator()(double number) { into.append(Parser(number).dump()); }
    void operator()(const std::string& text) { write_text(text, into); }
    void operator()(const Json::Array& elements) {
        into.push_back('[');
        for (const auto& element : elements) {
            separate(&element == &elements.front());
            write(element);
        }
        into.push_back(']');
    }
    void operator()(const Json::Object& members) {
        into.push_back('{');
        for (const auto& member : members) {
            separate(&member == &members.front());
            write_text(member.first, into);
            into.push_back(':');
            write(member.second);
        }
        into.push_back('}');
    }

  private:
    void separate(bool first) {
        if (!first) {
            into.push_back(',');
        }
    }
};

Json::Json() : value_(nullptr) {}
Json::Json(std::nullptr_t) : Json() {}
Json::Json(double number) : value_(number) {}
Json::Json(const char* text) : value_(std::string(text)) {}
Json::Json(std::string text) : value_(std::move(text)) {}
Json::Json(std::string_view text) : value_(std::string(text)) {}
Json::Json(const std::vector<std::string>& texts) : value_(Array(texts.begin(), texts.end())) {}
Json::Json(std::initializer_list<JsonItem> items) : Json(array(items)) {
    const auto is_pair = [](const Json& item) {
        return item.is_array() && item.size() == 2 && item[0U].is_string();
    };
    if (!std::all_of(begin(), end(), is_pair)) {
        return;
    }
    Object members;
    for (auto& pair : std::get<Array>(value_)) {
        members.emplace_back(std::get<std::string>(std::move(pair[0U].value_)), std::move(pair[1U]));
    }
    value_ = std::move(members);
}
Json::~Json() = default;
Json::Json(const Json& other) = default;
Json::Json(Json&& other) noexcept = default;
Json& Json::operator=(const Json& other) = default;
Json& Json::operator=(Json&& other) noexcept = default;

// A number that fits both types is always stored in the same one, so that equal numbers are equal.
void Json::set(unsigned long long number) {
    if (number <= static_cast<unsigned long long>(std::numeric_limits<long long>::max())) {
        value_ = static_cast<long long>(number);
    } else {
        value_ = number;
    }
}

Json Json::array(std::initializer_list<JsonItem> items) {
    Array elements;
    elements.reserve(items.size());
    for (const auto& item : items) {
        elements.push_back(item.take());
    }
    Json result;
    result.value_ = std::move(elements);
    return result;
}

Json Json::object() {
    Json result;
    result.value_ = Object{};
    return result;
}

Json Json::parse(std::string_view text) {
    std::string error;
    auto value = parse_json(text, error);
    if (!value) {
        throw std::invalid_argument(error);
    }
    return std::move(*value);
}

template <>
bool Json::get<bool>() const {
    return std::get<bool>(value_);
}

template <>
long long Json::get<long long>() const {
    return std::holds_alternative<unsigned long long>(value_) ? std::numeric_limits<long long>::max()
                                                              : std::get<long long>(value_);
}

template <>
std::string Json::get<std::string>() const {
    return text();
}

std::size_t Json::size() const {
    const auto* elements = std::get_if<Array>(&value_);
    return elements != nullptr ? elements->size() : items().size();
}

Json::Array::const_iterator Json::begin() const {
    const auto* elements = std::get_if<Array>(&value_);
    return elements != nullptr ? elements->begin() : Array::const_iterator{};
}

Json::Array::const_iterator Json::end() const {
    const auto* elements = std::get_if<Array>(&value_);
    return elements != nullptr ? elements->end() : Array::const_iterator{};
}

Json::Array::iterator Json::begin() {
    auto* elements = std::get_if<Array>(&value_);
    return elements != nullptr ? elements->begin() : Array::iterator{};
}

Json::Array::iterator Json::end() {
    auto* elements = std::get_if<Array>(&value_);
    return elements != nullptr ? elements->end() : Array::iterator{};
}

void Json::push_back(Json element) {
    if (is_null()) {
        value_ = Array{};
    }
    std::get<Array>(value_).push_back(std::move(element));
}

const Json::Object& Json::items() const {
    static const Object none;
    const auto* members = std::get_if<Object>(&value_);
    return members != nullptr ? *members : none;
}

const Json* Json::find(std::string_view name) const {
    for (const auto& member : items()) {
        if (member.first == name) {
            return &member.second;
        }
    }
    return nullptr;
}

Json& Json::operator[](std::string_view name) {
    if (is_null()) {
        value_ = Object{};
    }
    auto& members = std::get<Object>(value_);
    for (auto& member : members) {
        if (member.first == name) {
            return member.second;
        }
    }
    return members.emplace_back(name, nullptr).second;
}

void Json::erase(std::string_view name) {
    auto& members = std::get<Object>(value_);
    members.erase(std::remove_if(members.begin(), members.end(),
                                 [name](const Member& member) { return member.first == name; }),
                  members.end());
}

void Json::update(const Json& other) {
    for (const auto& [name, value] : other.items()) {
        (*this)[name] = value;
    }
}

bool operator==(const Json& left, const Json& right) {
    return left.value_ == right.value_;
}

bool is_utf8(std::string_view text) {
    try {
        static_cast<void>(Parser(text).dump());
        return true;
    } catch (const Parser::type_error&) {
        return false;
    }
}

std::optional<Json> parse_json(std::string_view text, std::string& error) {
    const auto lone = detail::find_lone_surrogate(text);
    if (lone != std::string_view::npos) {
        return parse_json(detail::replace_lone_surrogates(text, lone), error);
    }
    Builder builder;
    if (Parser::sax_parse(text, &builder)) {
        return builder.take();
    }
    error = !builder.problem().empty() ? builder.problem()
            : text.empty()             ? "The body must not be empty."
                                       : "The body is not valid JSON.";
    return std::nullopt;
}

const Json& member(const Json& object, std::string_view name) {
    static const Json none;
    const auto* found = object.find(name);
    return found == nullptr ? none : *found;
}

bool is_blank(const Json& value) {
    return value.is_null() || (value.is_string() && value.text().empty());
}

std::string to_text(const Json& value) {
    std::string result;
    JsonWriter{result}.write(value);
    return result;
}

}  // namespace sent::testing::emulator
