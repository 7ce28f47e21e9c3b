#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include <sent/detail/any_text.hpp>
#include <sent/export.hpp>

namespace sent {

/// HTTP header fields in their order. Duplicates are kept. Names compare without regard to ASCII case.
///
/// Names and values may be of any string type; a null `const char*` means empty. Any byte is stored
/// unchanged. If a field contains a byte that must not be sent (CR, LF, NUL), the request is refused with an
/// error that names the field. All text is in one buffer, so copying, comparing and clearing are cheap. The
/// buffer is overwritten before its memory is freed, because it may contain keys. Different threads may use
/// different objects; const access to one object is thread-safe.
class SENT_WEBHOOKS_EXPORT Headers {
  public:
    /// One field. The views are valid until the Headers object is changed or destroyed.
    struct Field {
        std::string_view name{};
        std::string_view value{};
    };

    class const_iterator;

    Headers() = default;
    /// Example: `Headers{{"X-Trace", "42"}, {"X-Team", "billing"}}`.
    Headers(std::initializer_list<std::pair<detail::AnyText, detail::AnyText>> fields);
    Headers(const Headers& other) { *this = other; }
    Headers(Headers&& other) noexcept { swap(other); }
    Headers& operator=(const Headers& other);
    Headers& operator=(Headers&& other) noexcept;
    ~Headers() {
        if (capacity_ != 0) {
            wipe();
        }
    }

    /// Appends a field, even if a field with this name exists.
    void add(detail::AnyText name, detail::AnyText value);
    /// Makes `value` the only value of this name. If the name exists, its first field keeps its position.
    void set(detail::AnyText name, detail::AnyText value);
    /// Removes every field with this name.
    void remove(detail::AnyText name);
    /// Removes all fields.
    void clear() noexcept;
    /// Reserves memory for fields that take `bytes` in total. See bytes().
    void reserve(std::size_t bytes);
    /// Returns the size of the text of all fields in memory.
    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }

    /// Returns the first value of this name, or nothing. The view is valid until the Headers object is
    /// changed or destroyed.
    [[nodiscard]] std::optional<std::string_view> get(detail::AnyText name) const noexcept;
    [[nodiscard]] bool contains(detail::AnyText name) const noexcept { return get(name).has_value(); }

    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
    /// Returns the field at `index`, which must be below size(). Takes linear time; use the iterators to
    /// visit all fields.
    [[nodiscard]] inline Field operator[](std::size_t index) const noexcept;

    [[nodiscard]] inline const_iterator begin() const noexcept;
    [[nodiscard]] inline const_iterator end() const noexcept;

    /// Equal if both have the same fields, spelled the same, in the same order.
    friend bool operator==(const Headers& a, const Headers& b) noexcept { return a.text() == b.text(); }
    friend bool operator!=(const Headers& a, const Headers& b) noexcept { return !(a == b); }

  private:
    /// Precedes the text of each field.
    struct Sizes {
        std::uint32_t name = 0;
        std::uint32_t value = 0;
    };
    /// Size of what separates a name and its value: a colon and a space, or a semicolon and NUL.
    static constexpr std::size_t between = 2;

    /// Size of a field in the buffer.
    static constexpr std::size_t bytes_of(std::size_t name, std::size_t value) noexcept {
        return sizeof(Sizes) + name + between + value + 1;
    }

    [[nodiscard]] std::string_view text() const noexcept { return {memory_.get(), bytes_}; }
    void swap(Headers& other) noexcept;
    void wipe() noexcept;
    void move_to_larger(std::size_t capacity, Headers& before);

    /// Holds Sizes, line and NUL of each field. The sizes make the buffers of two different lists differ even
    /// if their lines read the same ("a: b" could be split in several ways).
    std::unique_ptr<char[]> memory_{};
    std::size_t capacity_ = 0;
    std::size_t bytes_ = 0;
    std::size_t size_ = 0;
};

/// Iterates over the fields. Dereferencing returns a Field by value.
class Headers::const_iterator {
  public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Field;
    using difference_type = std::ptrdiff_t;
    /// Result of `operator->`. Holds the field that `it->name` refers to.
    class pointer {  // NOLINT(readability-identifier-naming)
      public:
        explicit pointer(Field field) noexcept : field_(field) {}
        const Field* operator->() const noexcept { return &field_; }

      private:
        Field field_;
    };
    using reference = Field;

    const_iterator() = default;
    Field operator*() const noexcept {
        const Sizes sizes = this->sizes();
        return {{line(), sizes.name}, {line() + sizes.name + between, sizes.value}};
    }
    pointer operator->() const noexcept { return pointer{**this}; }
    /// Returns the field as a NUL-terminated line: `Name: value`, or `Name;` for an empty value.
    [[nodiscard]] const char* line() const noexcept { return field_ + sizeof(Sizes); }
    const_iterator& operator++() noexcept {
        const Sizes sizes = this->sizes();
        field_ += bytes_of(sizes.name, sizes.value);
        return *this;
    }
    const_iterator operator++(int) noexcept {
        const_iterator before = *this;
        ++*this;
        return before;
    }
    friend bool operator==(const const_iterator& a, const const_iterator& b) noexcept {
        return a.field_ == b.field_;
    }
    friend bool operator!=(const const_iterator& a, const const_iterator& b) noexcept { return !(a == b); }

  private:
    friend class Headers;
    explicit const_iterator(const char* field) noexcept : field_(field) {}
    [[nodiscard]] Sizes sizes() const noexcept {
        Sizes sizes;
        std::memcpy(&sizes, field_, sizeof sizes);
        return sizes;
    }

    const char* field_ = nullptr;
};

namespace detail {
/// Compares without regard to ASCII case, in every locale.
[[nodiscard]] SENT_WEBHOOKS_EXPORT bool same_header_name(std::string_view a, std::string_view b) noexcept;
}  // namespace detail

inline Headers::const_iterator Headers::begin() const noexcept {
    return const_iterator{memory_.get()};
}
inline Headers::const_iterator Headers::end() const noexcept {
    return const_iterator{memory_.get() + bytes_};
}
inline Headers::Field Headers::operator[](std::size_t index) const noexcept {
    return *std::next(begin(), static_cast<std::ptrdiff_t>(index));
}

}  // namespace sent
