#pragma once

#include <cstddef>
#include <iterator>
#include <optional>
#include <string_view>
#include <type_traits>

#include <sent/detail/result_access.hpp>
#include <sent/encoded_request.hpp>
#include <sent/error.hpp>
#include <sent/export.hpp>
#include <sent/operation.hpp>
#include <sent/raw_request.hpp>
#include <sent/result.hpp>

/// @file
/// The operations of the API as data, for tools, queues and other languages.

namespace sent {

/// Range of all operations in the order of the documentation: v1, v2, v3. The elements live as long as the
/// program. Thread-safe.
class SENT_EXPORT OperationRange {
  public:
    // Names as in the standard library.
    // NOLINTBEGIN(readability-identifier-naming)
    class const_iterator {
      public:
        using iterator_category = std::forward_iterator_tag;
        using value_type = OperationInfo;
        using difference_type = std::ptrdiff_t;
        using pointer = const OperationInfo*;
        using reference = const OperationInfo&;

        const_iterator() = default;
        reference operator*() const noexcept { return at(index_); }
        pointer operator->() const noexcept { return &at(index_); }
        const_iterator& operator++() noexcept {
            ++index_;
            return *this;
        }
        const_iterator operator++(int) noexcept {
            auto before = *this;
            ++index_;
            return before;
        }
        friend bool operator==(const_iterator a, const_iterator b) noexcept { return a.index_ == b.index_; }
        friend bool operator!=(const_iterator a, const_iterator b) noexcept { return a.index_ != b.index_; }

      private:
        friend class OperationRange;
        explicit const_iterator(std::size_t index) noexcept : index_(index) {}
        std::size_t index_ = 0;
    };
    using iterator = const_iterator;
    using value_type = OperationInfo;
    // NOLINTEND(readability-identifier-naming)

    [[nodiscard]] const_iterator begin() const noexcept { return const_iterator{0}; }
    [[nodiscard]] const_iterator end() const noexcept { return const_iterator{size()}; }
    [[nodiscard]] std::size_t size() const noexcept;
    [[nodiscard]] bool empty() const noexcept { return size() == 0; }

  private:
    static const OperationInfo& at(std::size_t index) noexcept;
};

/// Returns all operations that this version of the library knows.
[[nodiscard]] inline OperationRange operations() noexcept {
    return {};
}

/// Returns the operation with this name, such as `v3.messages.send`, or null if there is none. Thread-safe.
[[nodiscard]] SENT_EXPORT const OperationInfo* find_operation(std::string_view name) noexcept;

/// Encodes a request that is given as JSON text with the member names of the wire:
/// `encode("v3.contacts.get", R"({"id": "..."})")`. Members of path and query are in the same object as
/// members of the body. Empty text means no members.
///
/// Reading is strict: a member that the operation does not have, or whose value has another type, is refused
/// (`invalid_request`) with its name, because a misspelled member would be missing from the message.
/// Otherwise the request is validated as in Client::call. Sends nothing. Thread-safe.
[[nodiscard]] SENT_EXPORT Result<EncodedRequest> encode(std::string_view operation, std::string_view json);

namespace detail {
/// Reads the answer into `target`, whose table is `table`. A null table means that no content is expected.
[[nodiscard]] SENT_EXPORT std::optional<Error> decode_response(std::string_view operation,
                                                               const RawResponse& response,
                                                               const StructInfo* table, CallTarget target);
}  // namespace detail

/// Reads the answer to an EncodedRequest into the response struct of its operation:
/// `decode<sent::SendMessageResponse>("v3.messages.send", response)`. Use `decode<void>` for an operation
/// without content. Reading is as lenient as in Client::call: missing, unknown or null members are no error.
///
/// Fails with `invalid_request` if the operation is unknown or has another response struct, with
/// `undecodable` if the text is not an answer of the service, and with the service's own error if the text
/// contains one. Thread-safe.
template <class Response>
[[nodiscard]] Result<Response> decode(std::string_view operation, const RawResponse& response) {
    auto result = detail::ResultAccess::make<Response>();
    const detail::StructInfo* table = nullptr;
    if constexpr (!std::is_void_v<Response>) {
        static_assert(detail::Described<Response>::value,
                      "sent: decode<Response>() reads response structs such as sent::SendMessageResponse");
        table = &detail::Described<Response>::info();
    }
    detail::ResultAccess::finish(
        result, detail::decode_response(operation, response, table, detail::ResultAccess::target(result)));
    return result;
}

}  // namespace sent
