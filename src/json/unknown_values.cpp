#include "json/unknown_values.hpp"

#include <algorithm>
#include <string_view>

#include "base/text/ascii.hpp"
#include "json/inspect.hpp"

namespace sent::detail {
namespace {

/// One step of the way from the whole object to a value: a member of a struct or map, or an element.
struct PathStep {
    const PathStep* before = nullptr;
    const Field* row = nullptr;
    const std::string* key = nullptr;
    std::size_t index = 0;

    [[nodiscard]] std::string path() const {
        const std::string start = before != nullptr ? before->path() : "";
        if (row != nullptr) {
            return start + (start.empty() ? "" : ".") + std::string{row->name};
        }
        return start + (key != nullptr ? key_step(*key) : '[' + std::to_string(index) + ']');
    }
};

/// A word as the service uses them for values. Phone numbers are none: they begin with `+` or a digit.
bool is_plain_word(std::string_view text) noexcept {
    constexpr std::size_t longest = 40;
    const auto fits = [](char c) { return is_alphanumeric(c) || c == '_' || c == '.' || c == '-'; };
    return !text.empty() && text.size() <= longest && is_letter(text.front()) &&
           std::all_of(text.begin(), text.end(), fits);
}

class ValueSearch {
  public:
    explicit ValueSearch(UnknownValues& found) noexcept : found_(found) {}

    void search_struct(const StructInfo& table, const void* object, const PathStep* here) {
        for (const Field& row : table) {
            if (!row.is_alias) {  // the member has another row
                search(*row.type, row.in(object), {here, &row});
            }
        }
    }

  private:
    void search(const TypeInfo& type, const void* value, const PathStep& here) {
        const Unwrapped inner = unwrap(type, value);
        if (inner.value == nullptr) {
            return;
        }
        switch (inner.type->kind) {
            case Kind::open_enum:
                if (!inner.type->is_known(inner.value)) {
                    note(text_of(*inner.type, inner.value), here);
                }
                break;
            case Kind::structure:
                search_struct(inner.type->structure(), inner.value, &here);
                break;
            case Kind::vector:
                for (std::size_t i = 0; i < inner.type->size(inner.value); ++i) {
                    search(*inner.type->element, inner.type->at(inner.value, i),
                           {&here, nullptr, nullptr, i});
                }
                break;
            case Kind::map:
                search_map(*inner.type, inner.value, here);
                break;
            default:
                break;
        }
    }

    void search_map(const TypeInfo& type, const void* map, const PathStep& here) {
        struct MapPlace {
            ValueSearch* self;
            const TypeInfo* element;
            const PathStep* here;
        } place{this, type.element, &here};
        const auto visit = [](void* raw, const std::string& key, const void* value) {
            const auto& map_search = *static_cast<MapPlace*>(raw);
            map_search.self->search(*map_search.element, value, {map_search.here, nullptr, &key});
            return true;
        };
        type.each(map, visit, &place);
    }

    void note(const std::string& text, const PathStep& here) {
        if (++found_.count == 1) {
            found_.first = here.path();
            found_.first_text = is_plain_word(text) ? text : "";
        }
    }

    UnknownValues& found_;
};

}  // namespace

UnknownValues find_unknown_values(const StructInfo& table, const void* object) {
    UnknownValues found;
    ValueSearch{found}.search_struct(table, object, nullptr);
    return found;
}

}  // namespace sent::detail
