#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

#include <sent/export.hpp>

namespace sent {

/// Base of the enumerations that the server may extend: a string with named constants. A value that this
/// version does not know is kept as it came and never an error. Values compare without regard to ASCII case,
/// as the generations of the API spell the same status differently. `std::hash` does the same, so they can be
/// the keys of unordered containers.
///
/// `if (message.status == sent::v2::MessageStatus::delivered) ...`; for a switch compare in turn, and always
/// have a branch for values that are unknown today.
template <class Derived>
class OpenEnum {
  public:
    /// A named value; converts to the enumeration.
    struct Constant {
        const char* text = "";
    };

    OpenEnum() = default;
    // NOLINTBEGIN(google-explicit-constructor): `.channel = {"sms"}`
    OpenEnum(Constant constant) : OpenEnum(constant.text) {}
    /// Null is empty, so that `Channel{std::getenv("CHANNEL")}` is safe.
    OpenEnum(const char* text) : text_(view(text)) {}
    OpenEnum(std::string_view text) : text_(text) {}
    OpenEnum(std::string text) noexcept : text_(std::move(text)) {}
    // NOLINTEND(google-explicit-constructor)

    /// As it stands on the wire.
    [[nodiscard]] const std::string& str() const noexcept { return text_; }
    [[nodiscard]] bool empty() const noexcept { return text_.empty(); }
    /// For the codec: the text to be read into.
    [[nodiscard]] std::string& raw() noexcept { return text_; }
    /// Equal for values that compare equal. Differs between versions of the library.
    [[nodiscard]] std::size_t hash() const noexcept {
        std::uint64_t hash = 14'695'981'039'346'656'037U;  // FNV-1a
        for (const char c : text_) {
            hash = (hash ^ static_cast<unsigned char>(lower(c))) * 1'099'511'628'211U;
        }
        return static_cast<std::size_t>(hash);
    }

    friend bool operator==(const OpenEnum& a, const OpenEnum& b) noexcept { return same(a.text_, b.text_); }
    friend bool operator!=(const OpenEnum& a, const OpenEnum& b) noexcept { return !same(a.text_, b.text_); }
    friend bool operator==(const OpenEnum& a, Constant b) noexcept { return same(a.text_, view(b.text)); }
    friend bool operator!=(const OpenEnum& a, Constant b) noexcept { return !same(a.text_, view(b.text)); }
    friend bool operator==(Constant a, const OpenEnum& b) noexcept { return same(view(a.text), b.text_); }
    friend bool operator!=(Constant a, const OpenEnum& b) noexcept { return !same(view(a.text), b.text_); }
    friend bool operator<(const OpenEnum& a, const OpenEnum& b) noexcept { return before(a.text_, b.text_); }
    friend std::ostream& operator<<(std::ostream& out, const OpenEnum& value) { return out << value.text_; }

  private:
    static constexpr std::string_view view(const char* text) noexcept {
        return text == nullptr ? std::string_view{} : std::string_view{text};
    }
    static constexpr char lower(char c) noexcept {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    static bool same(std::string_view a, std::string_view b) noexcept {
        if (a.size() != b.size()) {
            return false;
        }
        for (std::size_t i = 0; i < a.size(); ++i) {
            if (lower(a[i]) != lower(b[i])) {
                return false;
            }
        }
        return true;
    }
    static bool before(std::string_view a, std::string_view b) noexcept {
        for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
            if (lower(a[i]) != lower(b[i])) {
                return lower(a[i]) < lower(b[i]);
            }
        }
        return a.size() < b.size();
    }

    std::string text_{};
};

}  // namespace sent

/// For the library's own headers, at global scope after each enumeration: makes it hashable. The field tables
/// refuse an enumeration without it.
#define SENT_DETAIL_HASHABLE(Enum)                                                        \
    template <>                                                                           \
    struct std::hash<Enum> {                                                              \
        std::size_t operator()(const Enum& value) const noexcept { return value.hash(); } \
    }
