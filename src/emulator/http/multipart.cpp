#include "emulator/http/multipart.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/text/ascii.hpp"
#include "base/text/percent.hpp"
#include "base/text/trim.hpp"
#include "emulator/http/http_types.hpp"
#include "emulator/json.hpp"

namespace sent::testing::emulator {
namespace {

constexpr std::size_t most_parts = 100;
constexpr std::size_t largest_part_head = std::size_t{16} * 1024;
constexpr std::size_t longest_boundary = 70;

struct HeaderParameter {
    std::string name{};
    std::string value{};
};
using HeaderParameters = std::vector<HeaderParameter>;

bool begins_with(std::string_view text, std::string_view prefix) {
    return text.substr(0, prefix.size()) == prefix;
}

std::string_view after_blanks(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    return text;
}

// Browsers and libcurl leave backslashes as they are, except before these two characters.
bool is_escaped(std::string_view text) {
    return text.size() >= 2 && text[0] == '\\' && (text[1] == '"' || text[1] == '\\');
}

std::optional<std::string> take_quoted(std::string_view& text) {
    std::string value;
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '"') {
            text.remove_prefix(i + 1);
            return value;
        }
        i += is_escaped(text.substr(i)) ? 1U : 0U;
        value.push_back(text[i]);
    }
    return std::nullopt;
}

std::optional<std::string> take_value(std::string_view& text) {
    if (begins_with(text, "\"")) {
        return take_quoted(text);
    }
    const auto size = std::min(text.find_first_of("; \t"), text.size());
    const auto value = text.substr(0, size);
    text.remove_prefix(size);
    return detail::is_token(value) ? std::optional<std::string>(value) : std::nullopt;
}

// Reads what follows the first word of a header's value: `; name="profile"`.
std::optional<HeaderParameters> parse_parameters(std::string_view text) {
    HeaderParameters parameters;
    text = after_blanks(text);
    while (!text.empty()) {
        if (text.front() != ';') {
            return std::nullopt;
        }
        text = after_blanks(text.substr(1));
        if (text.empty() || text.front() == ';') {
            continue;
        }
        const auto equals = text.find('=');
        if (equals == std::string_view::npos || !detail::is_token(text.substr(0, equals))) {
            return std::nullopt;
        }
        const auto name = text.substr(0, equals);
        text.remove_prefix(equals + 1);
        auto value = take_value(text);
        if (!value) {
            return std::nullopt;
        }
        parameters.push_back({std::string(name), *std::move(value)});
        text = after_blanks(text);
    }
    return parameters;
}

// Returns the value, or nullptr if there is none. Sets `repeated` if there are several.
const std::string* find_parameter(const HeaderParameters& parameters, std::string_view name, bool& repeated) {
    const std::string* found = nullptr;
    for (const auto& parameter : parameters) {
        if (same_ignoring_case(parameter.name, name)) {
            repeated = repeated || found != nullptr;
            found = &parameter.value;
        }
    }
    return found;
}

std::string_view first_word(std::string_view value) {
    return value.substr(0, value.find_first_of("; \t"));
}

bool is_boundary(std::string_view text) {
    constexpr std::string_view marks = "'()+_,-./:=? ";
    return !text.empty() && text.size() <= longest_boundary && text.back() != ' ' &&
           std::all_of(text.begin(), text.end(), [marks](char c) {
               return detail::is_alphanumeric(c) || marks.find(c) != std::string_view::npos;
           });
}

std::optional<std::string> read_boundary(std::string_view content_type, std::string& error) {
    const auto type = first_word(content_type);
    const auto parameters = parse_parameters(content_type.substr(type.size()));
    if (!is_form_type(content_type) || !parameters) {
        error = "Content-Type is not multipart/form-data with well-formed parameters.";
        return std::nullopt;
    }
    bool repeated = false;
    const auto* boundary = find_parameter(*parameters, "boundary", repeated);
    if (boundary == nullptr || repeated) {
        error = "Content-Type must have one boundary.";
        return std::nullopt;
    }
    if (!is_boundary(*boundary)) {
        error = "The boundary in Content-Type must have 1 to 70 of the characters that RFC 2046 allows.";
        return std::nullopt;
    }
    return *boundary;
}

// Browsers and libcurl escape these three characters in names with percent signs, and no others.
std::string decoded_name(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const int byte = detail::percent_escape(text);
        const bool escape = byte == '"' || byte == '\r' || byte == '\n';
        result.push_back(escape ? static_cast<char>(byte) : text.front());
        text.remove_prefix(escape ? 3 : 1);
    }
    return result;
}

std::string_view take_head_line(std::string_view& head) {
    const auto end = std::min(head.find("\r\n"), head.size());
    const auto line = head.substr(0, end);
    head.remove_prefix(std::min(end + 2, head.size()));
    return line;
}

class FormParser {
  public:
    FormParser(std::string_view body, const std::string& boundary, std::string& error)
        : rest_(body), delimiter_("\r\n--" + boundary), error_(error) {}

    std::optional<std::vector<FormPart>> parse() {
        bool good = skip_preamble();
        while (good && !begins_with(rest_, "--")) {
            good = take_part();
        }
        if (!good || !check_closing()) {
            return std::nullopt;
        }
        return std::move(parts_);
    }

  private:
    bool fail(std::string error) {
        error_ = std::move(error);
        return false;
    }
    bool fail_part(const char* what) {
        return fail("Part " + std::to_string(parts_.size() + 1) + ' ' + what + '.');
    }
    bool fail_ended() { return fail("The body ends before its closing boundary."); }
    bool fail_boundary_line() {
        return fail("A line of the body begins with the boundary but has other text after it.");
    }

    std::string_view dash_boundary() const { return std::string_view(delimiter_).substr(2); }

    // Moves behind the next boundary, and returns the text before it. Linear, because no byte of a delimiter
    // but the first is a CR: no two comparisons look at the same bytes.
    std::optional<std::string_view> take_up_to_boundary() {
        const auto end = rest_.find(delimiter_);
        if (end == std::string_view::npos) {
            return std::nullopt;
        }
        const auto text = rest_.substr(0, end);
        rest_.remove_prefix(end + delimiter_.size());
        return text;
    }

    bool skip_preamble() {
        if (begins_with(rest_, dash_boundary())) {
            rest_.remove_prefix(dash_boundary().size());
            return true;
        }
        return take_up_to_boundary() || fail("The body has no line that begins with the boundary.");
    }

    // What follows the closing boundary's line is ignored.
    bool check_closing() {
        rest_ = after_blanks(rest_.substr(2));
        return rest_.empty() || begins_with(rest_, "\r\n") || fail_boundary_line();
    }

    bool take_part() {
        rest_ = after_blanks(rest_);
        if (!begins_with(rest_, "\r\n")) {
            return rest_.empty() ? fail_ended() : fail_boundary_line();
        }
        if (parts_.size() == most_parts) {
            return fail("The body has more than 100 parts.");
        }
        // The search includes the line break before the headers, which may be none.
        constexpr auto window = 2 + largest_part_head + 4;
        const auto end = rest_.substr(0, window).find("\r\n\r\n");
        if (end == std::string_view::npos) {
            return rest_.size() < window ? fail_ended() : fail_part("has more than 16 KiB of headers");
        }
        FormPart part;
        if (!read_head(end == 0 ? std::string_view{} : rest_.substr(2, end - 2), part)) {
            return false;
        }
        // The line break that ends the headers may also be the one before the next boundary.
        rest_.remove_prefix(end + 2);
        const auto content = take_up_to_boundary();
        if (!content) {
            return fail_ended();
        }
        part.content = content->substr(std::min<std::size_t>(2, content->size()));
        parts_.push_back(std::move(part));
        return true;
    }

    bool read_head(std::string_view head, FormPart& part) {
        if (!is_utf8(head)) {
            return fail_part("has headers that are not UTF-8");
        }
        while (!head.empty()) {
            const auto line = take_head_line(head);
            const auto colon = line.find(':');
            if (begins_with(line, dash_boundary())) {
                return fail_part("has no empty line after its headers");
            }
            if (colon == std::string_view::npos || !detail::is_token(line.substr(0, colon)) ||
                line.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos) {
                return fail_part("has a malformed header line");
            }
            if (!read_header(line.substr(0, colon), detail::trimmed(line.substr(colon + 1)), part)) {
                return false;
            }
        }
        if (part.name.empty()) {
            return fail_part("has no Content-Disposition");
        }
        if (part.content_type.empty()) {
            part.content_type = "text/plain";
        }
        return true;
    }

    // Headers with other names are ignored, as RFC 7578 demands.
    bool read_header(std::string_view name, std::string_view value, FormPart& part) {
        if (same_ignoring_case(name, "Content-Disposition")) {
            return part.name.empty() ? read_disposition(value, part)
                                     : fail_part("has several Content-Disposition headers");
        }
        if (same_ignoring_case(name, "Content-Type")) {
            if (!part.content_type.empty()) {
                return fail_part("has several Content-Type headers");
            }
            part.content_type = value;
        }
        if (same_ignoring_case(name, "Content-Transfer-Encoding")) {
            for (const auto* identity : {"7bit", "8bit", "binary"}) {
                if (same_ignoring_case(value, identity)) {
                    return true;
                }
            }
            return fail_part("has a Content-Transfer-Encoding, which is not supported");
        }
        return true;
    }

    bool read_disposition(std::string_view value, FormPart& part) {
        const auto type = first_word(value);
        const auto parameters = parse_parameters(value.substr(type.size()));
        if (!same_ignoring_case(type, "form-data") || !parameters) {
            return fail_part("has a malformed Content-Disposition");
        }
        bool repeated = false;
        const auto* name = find_parameter(*parameters, "name", repeated);
        const auto* file_name = find_parameter(*parameters, "filename", repeated);
        if (repeated) {
            return fail_part("has several names or file names");
        }
        if (name == nullptr || name->empty()) {
            return fail_part("has no name");
        }
        if (find_parameter(*parameters, "filename*", repeated) != nullptr) {
            return fail_part("has a filename*, which RFC 7578 forbids");
        }
        part.name = decoded_name(*name);
        if (file_name != nullptr) {
            part.file_name = decoded_name(*file_name);
        }
        return true;
    }

    std::string_view rest_;
    std::string delimiter_;
    std::string& error_;
    std::vector<FormPart> parts_{};
};

}  // namespace

std::optional<std::vector<FormPart>> parse_form(std::string_view content_type, std::string_view body,
                                                std::string& error) {
    const auto boundary = read_boundary(content_type, error);
    return boundary ? FormParser(body, *boundary, error).parse() : std::nullopt;
}

}  // namespace sent::testing::emulator
