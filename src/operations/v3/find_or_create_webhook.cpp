#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sent/v3/webhooks.hpp>

#include "base/sha256.hpp"
#include "base/uuid.hpp"
#include "core/client_access.hpp"
#include "json/encode.hpp"
#include "operations/v3/replays.hpp"

/// @file
/// Webhooks::find_or_create.

namespace sent {
inline namespace v3 {
namespace {

constexpr std::int32_t largest_page = 100;
/// How often an endpoint may be deleted between two requests before the search gives up.
constexpr int most_rounds = 3;

bool is_whole(std::string_view secret) noexcept {
    constexpr std::string_view prefix = "whsec_";
    constexpr std::string_view base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
    return secret.size() > prefix.size() && secret.substr(0, prefix.size()) == prefix &&
           secret.find_first_not_of(base64, prefix.size()) == std::string_view::npos;
}

void drop_masked_secret(Webhook& webhook) {
    if (webhook.signing_secret && !is_whole(*webhook.signing_secret)) {
        webhook.signing_secret.reset();
    }
}

/// A total order, so that all programs choose the same endpoint.
bool comes_first(const Webhook& left, const Webhook& right) {
    if (left.is_active != right.is_active) {
        return left.is_active;
    }
    if (left.created_at != right.created_at) {
        return left.created_at && (!right.created_at || *left.created_at < *right.created_at);
    }
    return left.id < right.id;
}

/// Copies of one program that start at the same time get the same key, so that the service creates one
/// endpoint for all. `deleted` are the ids of endpoints that this request has created before.
std::string key_for(const CreateWebhookRequest& request, const std::vector<std::string>& deleted = {}) {
    std::string text;
    (void)detail::encode(request, text);
    for (const auto& id : deleted) {
        text += '\n' + id;
    }
    return "webhook-" + detail::sha256_hex(text);
}

class Search {
  public:
    Search(const Webhooks& webhooks, const Client& client, const CreateWebhookRequest& request,
           const CallOptions& options)
        : webhooks_(webhooks),
          readable_(detail::ClientAccess::without_idempotency_key(client)),
          client_(client),
          request_(request),
          read_(options),
          write_(options) {
        read_.idempotency_key.clear();
    }

    Result<FoundWebhook> run() {
        // create() refuses an empty URL.
        if (!request_.endpoint_url.empty()) {
            if (auto found = find(); !found || !found->webhook.id.empty()) {
                return found;
            }
        }
        return create();
    }

  private:
    /// Returns a webhook without an id if there is none.
    Result<FoundWebhook> find() {
        for (int round = 1;; ++round) {
            auto matches = list();
            if (!matches) {
                return {matches.error(), matches.meta()};
            }
            if (matches->empty()) {
                return FoundWebhook{};
            }
            FoundWebhook found;
            found.webhook = std::move(matches->front());
            std::transform(matches->begin() + 1, matches->end(), std::back_inserter(found.others),
                           [](Webhook& other) { return std::move(other.id); });
            const auto id = found.webhook.id;
            auto result = with_secret(std::move(found));
            if (result || result.error().kind != ErrorKind::not_found || round == most_rounds) {
                return result;
            }
            // The endpoint was deleted meanwhile. Search again, because another copy may have created one
            // since.
            gone_.push_back(id);
        }
    }

    /// Returns all endpoints for the URL except those known to be deleted, the best one first.
    Result<std::vector<Webhook>> list() const {
        std::vector<Webhook> matches;
        ListWebhooksRequest list;
        list.page_size = largest_page;
        for (const auto& webhook : readable_.all(list, read_)) {
            if (!webhook) {
                return {webhook.error(), webhook.meta()};
            }
            if (has_url(*webhook) && std::find(gone_.begin(), gone_.end(), webhook->id) == gone_.end()) {
                matches.push_back(*webhook);
            }
        }
        std::sort(matches.begin(), matches.end(), comes_first);
        return matches;
    }

    /// The list may omit the secret although a single read returns it.
    Result<FoundWebhook> with_secret(FoundWebhook found) const {
        drop_masked_secret(found.webhook);
        if (found.webhook.signing_secret) {
            return found;
        }
        auto webhook = readable_.get(found.webhook.id, read_);
        if (!webhook) {
            return {webhook.error(), webhook.meta()};
        }
        found.webhook = *std::move(webhook);
        drop_masked_secret(found.webhook);
        return {std::move(found), webhook.meta()};
    }

    Result<FoundWebhook> create() {
        const bool has_callers_key = !write_.idempotency_key.empty() ||
                                     !detail::ClientAccess::default_idempotency_key(client_).empty();
        if (!has_callers_key) {
            write_.idempotency_key = key_for(request_);
        }
        auto created = webhooks_.create(request_, write_);
        std::vector<std::string> deleted;
        // A replayed reply may name an endpoint that was deleted since, or that now has another URL.
        while (created && created.meta().replayed && static_cast<int>(deleted.size()) < most_rounds &&
               is_gone(created->id)) {
            deleted.push_back(created->id);
            gone_.push_back(created->id);
            if (auto found = find(); !found || !found->webhook.id.empty()) {
                return found;
            }
            const bool is_last = static_cast<int>(deleted.size()) == most_rounds;
            write_.idempotency_key = is_last ? detail::make_uuid() : key_for(request_, deleted);
            created = webhooks_.create(request_, write_);
        }
        if (!created) {
            return {created.error(), created.meta()};
        }
        FoundWebhook found;
        found.webhook = *std::move(created);
        found.created = !created.meta().replayed;
        drop_masked_secret(found.webhook);
        return {std::move(found), created.meta()};
    }

    /// Whether the endpoint was deleted or has another URL.
    [[nodiscard]] bool is_gone(const std::string& id) const {
        const auto there = readable_.get(id, read_);
        return there ? !has_url(*there) : there.error().kind == ErrorKind::not_found;
    }

    [[nodiscard]] bool has_url(const Webhook& webhook) const noexcept {
        return detail::without_slash(webhook.endpoint_url) == detail::without_slash(request_.endpoint_url);
    }

    const Webhooks& webhooks_;
    const Webhooks readable_;
    const Client& client_;
    const CreateWebhookRequest& request_;
    CallOptions read_;
    CallOptions write_;
    /// Endpoints that existed, but that the service does not know any more.
    std::vector<std::string> gone_{};
};

}  // namespace

Result<FoundWebhook> Webhooks::find_or_create(const CreateWebhookRequest& request,
                                              const CallOptions& options) const {
    return Search{*this, client_, request, options}.run();
}

}  // namespace v3
}  // namespace sent
