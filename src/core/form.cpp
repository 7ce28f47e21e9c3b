#include "core/form.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include <sent/document.hpp>

#include "base/text/ascii.hpp"
#include "core/body_sources.hpp"
#include "core/config.hpp"
#include "json/field.hpp"
#include "json/inspect.hpp"
#include "json/text.hpp"

namespace sent::detail {
namespace {

/// The member in its notation for text parts: `number_type` becomes `numberType`.
std::string camel_case(std::string_view name) {
    std::string result;
    bool begins_word = false;
    for (const char c : name) {
        if (c == '_') {
            begins_word = true;
            continue;
        }
        const bool is_raised = begins_word && c >= 'a' && c <= 'z';
        result.push_back(is_raised ? static_cast<char>(c - 'a' + 'A') : c);
        begins_word = false;
    }
    return result;
}

std::string snake_case(std::string_view name) {
    std::string result;
    for (const char c : name) {
        const bool is_capital = c >= 'A' && c <= 'Z';
        if (is_capital) {
            result.push_back('_');
        }
        result.push_back(is_capital ? static_cast<char>(c - 'A' + 'a') : c);
    }
    return result;
}

std::string_view last_component(std::string_view path) noexcept {
    return path.substr(path.find_last_of('/') + 1);
}

std::string_view media_type_of(std::string_view file_name) noexcept {
    struct Ending {
        std::string_view ending;
        std::string_view type;
    };
    constexpr Ending known[] = {{"pdf", "application/pdf"}, {"png", "image/png"}, {"jpg", "image/jpeg"},
                                {"jpeg", "image/jpeg"},     {"gif", "image/gif"}, {"txt", "text/plain"}};
    const auto dot = file_name.find_last_of('.');
    const auto ending = dot == std::string_view::npos ? std::string_view{} : file_name.substr(dot + 1);
    const auto* const found = std::find_if(std::begin(known), std::end(known), [ending](const Ending& row) {
        return same_ignoring_case(row.ending, ending);
    });
    return found == std::end(known) ? "application/octet-stream" : found->type;
}

/// Collects the parts of one request. Errors name a document by its position: its name, its key and its path
/// come from the user's files and do not belong into logs.
class FormBuilder {
  public:
    FormBuilder(const std::vector<Document>& documents, std::size_t max_bytes)
        : documents_(documents), max_bytes_(max_bytes) {}

    void add_text(std::string name, std::string text) {
        parts_->push_back({std::move(name), {}, {}, source_in_memory(std::move(text))});
    }

    Problem add_documents() {
        const auto text_parts = parts_->size();
        for (; index_ < documents_.size(); ++index_) {
            if (auto problem = add_document(documents_[index_], text_parts)) {
                return problem;
            }
        }
        return {};
    }

    [[nodiscard]] std::shared_ptr<const std::vector<BodyPart>> take() { return std::move(parts_); }

  private:
    Problem add_document(const Document& document, std::size_t text_parts) {
        if (document.key.empty()) {
            return refuse_member("key", "is empty: use the name that the requirements of the market give it");
        }
        if (document.path.empty() == document.content.empty()) {
            return refuse(place() +
                          (document.path.empty()
                               ? " has neither `path` nor `content`, or the content is empty"
                               : " has both `path` and `content`") +
                          ": set one of them");
        }
        BodyPart part;
        part.name = document.key;
        part.file_name = document.file_name.empty() ? last_component(document.path) : document.file_name;
        if (part.file_name.empty()) {
            return refuse_member("file_name", "is empty: set it to the name that the service shows");
        }
        part.content_type =
            document.content_type.empty() ? media_type_of(part.file_name) : document.content_type;
        if (auto problem = check_texts(part)) {
            return problem;
        }
        const auto end = parts_->begin() + static_cast<std::ptrdiff_t>(text_parts);
        if (std::any_of(parts_->begin(), end,
                        [&part](const BodyPart& text) { return text.name == part.name; })) {
            return refuse_member("key", "is the name of another part of the request: use another key");
        }
        if (auto problem = open(document, part)) {
            return problem;
        }
        parts_->push_back(std::move(part));
        return {};
    }

    /// The texts become lines of the part's head.
    [[nodiscard]] Problem check_texts(const BodyPart& part) const {
        struct Text {
            std::string_view member;
            const std::string& text;
        };
        for (const auto& [member, text] : {Text{"key", part.name}, Text{"file_name", part.file_name},
                                           Text{"content_type", part.content_type}}) {
            if (!header_value_problem(text).empty()) {
                return refuse_member(member, "holds a control character: remove it");
            }
        }
        return {};
    }

    Problem open(const Document& document, BodyPart& part) {
        if (document.path.find('\0') != std::string::npos) {
            return refuse_member("path", "holds a NUL character: remove it");
        }
        Problem problem;
        part.source = document.path.empty() ? source_in_memory(document.content)
                                            : open_file_source(document.path, place(".path"), problem);
        if (problem) {
            return problem;
        }
        if (part.source->size() == 0) {
            return refuse_member("path", "is an empty file: use the document");
        }
        bytes_ += part.source->size();
        return bytes_ <= max_bytes_
                   ? Problem{}
                   : refuse("`documents` have more than " + std::to_string(max_bytes_) +
                            " bytes together: use smaller ones, or raise ClientOptions::max_document_bytes");
    }

    [[nodiscard]] std::string place(const std::string& member = {}) const {
        return "`documents[" + std::to_string(index_) + "]" + member + "`";
    }

    [[nodiscard]] Problem refuse_member(std::string_view member, std::string_view advice) const {
        return refuse(place("." + std::string{member}) + " " + std::string{advice});
    }

    const std::vector<Document>& documents_;
    const std::uint64_t max_bytes_;
    std::uint64_t bytes_ = 0;
    std::size_t index_ = 0;
    std::shared_ptr<std::vector<BodyPart>> parts_ = std::make_shared<std::vector<BodyPart>>();
};

Problem refuse_in_form(std::string_view name) {
    return refuse(quoted(name) +
                  " is set together with `documents`, but a form has no place for it: leave it empty");
}

/// Each member of the request becomes a text part.
Problem add_members(const StructInfo& table, const void* request, const BodyExtras& extras,
                    FormBuilder& form) {
    if (!extras.members.empty()) {
        return refuse_in_form("extra_body");
    }
    for (const auto& field : table) {
        if (field.location != Location::body || field.is_alias || field.is_unset(request)) {
            continue;
        }
        std::string text;
        if (!scalar_text(*field.type, field.in(request), text)) {
            return refuse_in_form(field.name);
        }
        form.add_text(camel_case(field.name), std::move(text));
    }
    if (extras.sandbox) {
        form.add_text("sandbox", "true");
    }
    return {};
}

void mix(std::size_t& hash, std::string_view text) {
    constexpr std::size_t odd = 0x9E37'79B9'7F4A'7C15U;
    hash = (hash ^ std::hash<std::string_view>{}(text)) * odd + text.size();
}

/// In blocks of a fixed size, however little one read returns: the same content in memory and in a file must
/// give the same number.
void mix(std::size_t& hash, const BodySource& source) {
    std::array<char, 16'384> block{};
    std::size_t filled = 0;
    std::uint64_t offset = 0;
    while (const auto count = source.read(offset, block.data() + filled, block.size() - filled).value_or(0)) {
        offset += count;
        filled += count;
        if (filled == block.size()) {
            mix(hash, {block.data(), std::exchange(filled, 0)});
        }
    }
    mix(hash, {block.data(), filled});
}

}  // namespace

bool has_documents(const Route& route, const void* request) {
    return route.documents != nullptr && !route.documents(request).empty();
}

Problem attach_documents(const Route& route, const void* request, const BodyExtras& extras,
                         std::size_t max_bytes, HttpRequest& http) {
    FormBuilder form{route.documents(request), max_bytes};
    auto json = std::exchange(http.body, {});
    if (!route.json_part.empty()) {
        form.add_text(std::string{route.json_part}, std::move(json));
    } else if (auto problem = add_members(route.request(), request, extras, form)) {
        return problem;
    }
    if (auto problem = form.add_documents()) {
        return problem;
    }
    http.parts = form.take();
    return {};
}

std::string json_body(const Route& route, const HttpRequest& request) {
    if (request.parts == nullptr) {
        return request.body;
    }
    std::string json{"{"};
    for (const auto& part : *request.parts) {
        if (!part.file_name.empty()) {
            continue;
        }
        if (part.name == route.json_part) {
            return part.source->read_all().value_or("");
        }
        json += json.size() > 1 ? "," : "";
        append_json_string(snake_case(part.name), json);
        json += ":";
        append_json_string(part.source->read_all().value_or(""), json);
    }
    return json + "}";
}

std::size_t fingerprint(const HttpRequest& request) {
    auto hash = std::hash<std::string>{}(request.method + " " + request.url + "\n" + request.body);
    if (request.parts != nullptr) {
        for (const auto& part : *request.parts) {
            for (const auto* text : {&part.name, &part.file_name, &part.content_type}) {
                mix(hash, *text);
            }
            mix(hash, *part.source);
        }
    }
    return hash;
}

}  // namespace sent::detail
