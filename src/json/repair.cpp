#include "json/repair.hpp"

#include "base/text/surrogates.hpp"
#include "base/text/utf8.hpp"

namespace sent::detail {

namespace {

constexpr std::size_t escape_length = 6;

/// Iterates over the unreadable parts.
class UnreadableParts {
  public:
    explicit UnreadableParts(std::string_view json) noexcept : json_(json) {}

    /// Returns false if there are no more.
    bool next() noexcept {
        at_ += length_;
        length_ = 0;
        while (at_ < json_.size()) {
            if (!in_string_) {
                at_ = json_.find('"', at_);
                in_string_ = at_ != std::string_view::npos;
                at_ += in_string_ ? 1 : 0;
            } else if (at_ += plain_prefix(json_.substr(at_)); at_ < json_.size() && is_here()) {
                return true;
            }
        }
        at_ = json_.size();
        return false;
    }
    [[nodiscard]] std::size_t at() const noexcept { return at_; }
    [[nodiscard]] std::size_t length() const noexcept { return length_; }
    [[nodiscard]] std::string_view replacement() const noexcept {
        return json_[at_] == '\\' ? std::string_view{"\\ufffd"} : std::string_view{"\xEF\xBF\xBD"};
    }

  private:
    /// Whether the current byte is unreadable. If not, moves beyond it.
    bool is_here() noexcept {
        const auto rest = json_.substr(at_);
        if (rest.front() == '"') {
            in_string_ = false;
            ++at_;
        } else if (rest.front() == '\\') {
            const auto escapes = rest.substr(0, 2 * escape_length);
            length_ = find_lone_surrogate(escapes) == 0 ? escape_length : 0;
            const auto unit = escaped_unit(rest, 0);
            const bool is_pair = unit >= 0xD800 && unit <= 0xDFFF;
            at_ += length_ != 0 ? 0 : is_pair ? escapes.size() : 2;
        } else if (const auto sequence = utf8_sequence(rest); sequence != 0) {
            at_ += sequence;
        } else {
            length_ = invalid_utf8_sequence(rest);
        }
        return length_ != 0;
    }

    std::string_view json_;
    std::size_t at_ = 0;
    std::size_t length_ = 0;
    bool in_string_ = false;
};

}  // namespace

std::size_t find_unreadable(std::string_view json) noexcept {
    UnreadableParts parts{json};
    return parts.next() ? parts.at() : std::string_view::npos;
}

std::string replace_unreadable(std::string_view json) {
    std::string repaired;
    std::size_t copied = 0;
    for (UnreadableParts parts{json}; parts.next(); copied = parts.at() + parts.length()) {
        repaired.append(json.substr(copied, parts.at() - copied)).append(parts.replacement());
    }
    repaired.append(json.substr(copied));
    return repaired;
}

std::size_t offset_before_repair(std::string_view json, std::size_t offset) noexcept {
    std::size_t before = 0;  // end of the part that was copied last, and
    std::size_t after = 0;   // the same position in the repaired text
    for (UnreadableParts parts{json}; parts.next();) {
        const auto next_after = after + (parts.at() - before) + parts.replacement().size();
        if (next_after > offset) {
            break;
        }
        after = next_after;
        before = parts.at() + parts.length();
    }
    return before + (offset - after);
}

}  // namespace sent::detail
