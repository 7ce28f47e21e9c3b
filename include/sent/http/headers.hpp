#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <sent/export.hpp>

namespace sent {

/// HTTP header fields in their order, duplicates kept, names compared without regard to ASCII case.
///
/// Any byte is stored as it is; what may not go on the wire (CR, LF, NUL) is refused when a request is made,
/// with an error that names the field. All text lives in one buffer, so that copying, comparing and clearing
/// are cheap; since keys may be among it, the buffer is overwritten before its memory is given back. Distinct
/// objects may be used from distinct threads; const access to one object is safe from
/// several.
class SENT_WEBHOOKS_EXPORT Headers {
  public:
    /// One field. The views live as long as the Headers object is neither changed nor destroyed.
    struct Field {
        std::string_view name{};
        std::string_view value{};
    };

    class const_iterator;

    Headers() = default;
    /// `Headers{{"X-Trace", "42"}, {"X-Team", "billing"}}`.
    Headers(std::initializer_list<std::pair<std::string_view, std::string_view>> fields);
    Headers(const Headers& other) = default;
    Headers(Headers&& other) noexcept = default;
    Headers& operator=(const Headers& other);
    Headers& operator=(Headers&& other) noexcept;
    ~Headers() {
        if (text_.capacity() != 0) {
            wipe();
        }
    }

    /// Appends a field, whether or not one of that name exists.
    void add(std::string_view name, std::string_view value);
    /// Makes `value` the only one of that name. The first field of the name keeps its place.
    void set(std::string_view name, std::string_view value);
    /// Removes every field of that name.
    void remove(std::string_view name);
    void clear() noexcept;
    /// Makes room for fields which take so many bytes().
    void reserve(std::size_t bytes, std::size_t fields);
    /// What the text of all fields takes here.
    [[nodiscard]] std::size_t bytes() const noexcept { return text_.size(); }

    /// The first value of that name, or nothing.
    [[nodiscard]] std::optional<std::string_view> get(std::string_view name) const noexcept;
    [[nodiscard]] bool contains(std::string_view name) const noexcept { return get(name).has_value(); }

    [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }
    [[nodiscard]] bool empty() const noexcept { return entries_.empty(); }
    [[nodiscard]] inline Field operator[](std::size_t index) const noexcept;
    /// The field as a NUL-terminated line: `Name: value`, or `Name;` for an empty value.
    [[nodiscard]] const char* line(std::size_t index) const noexcept;

    [[nodiscard]] inline const_iterator begin() const noexcept;
    [[nodiscard]] inline const_iterator end() const noexcept;

    /// Equal when the same fields, spelled the same, stand in the same order.
    friend bool operator==(const Headers& a, const Headers& b) noexcept { return a.text_ == b.text_; }
    friend bool operator!=(const Headers& a, const Headers& b) noexcept { return !(a == b); }

  private:
    struct Entry {
        std::uint32_t begin = 0;
        std::uint32_t name_size = 0;
        std::uint32_t value_begin = 0;
        std::uint32_t value_size = 0;
    };

    void wipe() noexcept;

    // Not a std::string: a short one that is moved from keeps its text. What has no memory has had no text.
    std::vector<char> text_{};
    std::vector<Entry> entries_{};
};

/// Iterates over the fields; dereferencing gives a Field by value.
class Headers::const_iterator {
  public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Field;
    using difference_type = std::ptrdiff_t;
    using pointer = const Field*;
    using reference = Field;

    const_iterator() = default;
    const_iterator(const Headers* owner, std::size_t index) noexcept : owner_(owner), index_(index) {}
    Field operator*() const noexcept { return (*owner_)[index_]; }
    const_iterator& operator++() noexcept {
        ++index_;
        return *this;
    }
    const_iterator operator++(int) noexcept {
        const_iterator before = *this;
        ++index_;
        return before;
    }
    friend bool operator==(const const_iterator& a, const const_iterator& b) noexcept {
        return a.index_ == b.index_;
    }
    friend bool operator!=(const const_iterator& a, const const_iterator& b) noexcept { return !(a == b); }

  private:
    const Headers* owner_ = nullptr;
    std::size_t index_ = 0;
};

namespace detail {
/// Without regard to ASCII case, whatever the locale.
[[nodiscard]] SENT_WEBHOOKS_EXPORT bool same_header_name(std::string_view a, std::string_view b) noexcept;
}  // namespace detail

inline Headers::Field Headers::operator[](std::size_t index) const noexcept {
    const Entry& entry = entries_[index];
    return {{text_.data() + entry.begin, entry.name_size},
            {text_.data() + entry.value_begin, entry.value_size}};
}
inline Headers::const_iterator Headers::begin() const noexcept {
    return {this, 0};
}
inline Headers::const_iterator Headers::end() const noexcept {
    return {this, entries_.size()};
}

}  // namespace sent
