#include "webhooks/signature_list.hpp"

#include <optional>

#include <openssl/crypto.h>

namespace sent::detail {

namespace {

constexpr std::string_view version_1 = "v1,";

/// Calls `use(item)` for each item between spaces.
template <class Use>
void for_each_item(std::string_view header, Use&& use) {
    while (!header.empty()) {
        const auto end = header.find(' ');
        if (const auto item = header.substr(0, end); !item.empty()) {
            use(item);
        }
        header = end == std::string_view::npos ? std::string_view{} : header.substr(end + 1);
    }
}

std::optional<Digest> candidate(std::string_view item) noexcept {
    return item.substr(0, version_1.size()) == version_1 ? decode_digest(item.substr(version_1.size()))
                                                         : std::nullopt;
}

bool is_of_another_version(std::string_view item) noexcept {
    const auto comma = item.find(',');
    return comma != std::string_view::npos && comma > 1 && item.front() == 'v' && comma + 1 < item.size() &&
           item.substr(1, comma - 1).find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyz") ==
               std::string_view::npos &&
           item.substr(0, version_1.size()) != version_1;
}

}  // namespace

bool SignatureList::has_candidates() const noexcept {
    bool found = false;
    for_each_item(header_, [&found](std::string_view item) { found = found || candidate(item); });
    return found;
}

bool SignatureList::is_of_other_versions() const noexcept {
    bool any = false;
    bool all = true;
    for_each_item(header_, [&](std::string_view item) {
        any = true;
        all = all && is_of_another_version(item);
    });
    return any && all;
}

bool SignatureList::contains(const Digest& digest) const noexcept {
    unsigned found = 0;
    for_each_item(header_, [&](std::string_view item) {
        if (const auto signature = candidate(item)) {
            found |=
                static_cast<unsigned>(CRYPTO_memcmp(signature->data(), digest.data(), digest.size()) == 0);
        }
    });
    return found != 0;
}

}  // namespace sent::detail
