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

/// Base of enumerations that the service may extend: a string with named constants. A value that this version
/// does not know is kept as received and is never an error. Comparison and `std::hash` ignore ASCII case,
/// because the generations of the API spell the same status differently. Values can be keys of unordered
/// containers.
///
/// `if (message.status == sent::v2::MessageStatus::delivered) ...`: instead of a switch, compare with one
/// constant after the other, and always handle values that are unknown today.
template <class Derived>
class OpenEnum {
  public:
    /// A named value. Converts to the enumeration.
    struct Constant {
        const char* text = "";
    };

    OpenEnum() = default;
    // NOLINTBEGIN(google-explicit-constructor): `.channel = {"sms"}`
    OpenEnum(Constant constant) : OpenEnum(constant.text) {}
    /// A null pointer means empty, so `Channel{std::getenv("CHANNEL")}` is safe.
    OpenEnum(const char* text) : text_(view(text)) {}
    OpenEnum(std::string_view text) : text_(text) {}
    OpenEnum(std::string text) noexcept : text_(std::move(text)) {}
    // NOLINTEND(google-explicit-constructor)

    /// Returns the text as on the wire.
    [[nodiscard]] const std::string& str() const noexcept { return text_; }
    [[nodiscard]] bool empty() const noexcept { return text_.empty(); }
    /// Returns the text for the codec to read into.
    [[nodiscard]] std::string& raw() noexcept { return text_; }
    /// Returns the same number for values that compare equal. The number may differ between versions of the
    /// library.
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

namespace sent::detail {

/// Holds the constants of an open enumeration. Specialised by SENT_DETAIL_OPEN_ENUM.
template <class Enum>
struct KnownValues;

}  // namespace sent::detail

/// Makes an enumeration hashable and lists its constants, so that unknown values can be counted. Used by the
/// library's headers at global scope after each enumeration; the field tables refuse an enumeration without
/// it, and a test compares the list with the constants.
#define SENT_DETAIL_OPEN_ENUM(Enum, ...)                                                  \
    template <>                                                                           \
    struct std::hash<Enum> {                                                              \
        std::size_t operator()(const Enum& value) const noexcept { return value.hash(); } \
    };                                                                                    \
    template <>                                                                           \
    struct sent::detail::KnownValues<Enum> : Enum {                                       \
        static constexpr Constant constants[] = {__VA_ARGS__};                            \
    }
