#pragma once

#include <string>
#include <utility>
#include <vector>

#include <sent/client.hpp>
#include <sent/page.hpp>
#include <sent/v3/webhook_endpoint.hpp>
#include <sent/v3/webhook_log.hpp>

/// @file
/// Management of webhook endpoints. `sent/webhooks.hpp` has the functions for receiving deliveries.

namespace sent {
inline namespace v3 {

/// Replaces the signing secret of an endpoint: `POST /v3/webhooks/{id}/rotate-secret`. See
/// Webhooks::rotate_secret().
struct RotateWebhookSecretRequest {
    /// Required.
    std::string id{};
};

/// New signing secret of an endpoint. The old one is invalid at once.
struct WebhookSecret {
    /// `whsec_...`.
    std::string signing_secret{};
};

/// Sends a test event to an endpoint: `POST /v3/webhooks/{id}/test`. See Webhooks::test().
struct TestWebhookRequest {
    /// Required.
    std::string id{};
    /// Type of the event, such as `message.delivered`.
    std::string event_type{};
};

/// Result of a test delivery.
struct WebhookTest {
    bool success = false;
    std::string message{};
};

/// Turns an endpoint on or off: `PATCH /v3/webhooks/{id}/toggle-status`. See Webhooks::toggle_status().
struct ToggleWebhookRequest {
    /// Required.
    std::string id{};
    bool is_active = false;
};

/// Result of Webhooks::find_or_create().
struct FoundWebhook {
    /// The endpoint. `signing_secret` is set only if the service returned the whole secret.
    Webhook webhook{};
    /// Whether the call created the endpoint.
    bool created = false;
    /// Ids of further endpoints with the same URL. Each of them also gets every event: delete them.
    std::vector<std::string> others{};
};

/// Manages the webhook endpoints of the account. Thread-safe. If the id is unknown, a call fails with
/// ErrorKind::not_found (RESOURCE_008).
class SENT_EXPORT Webhooks {
  public:
    explicit Webhooks(Client client) noexcept : client_(std::move(client)) {}

    /// Creates an endpoint: `POST /v3/webhooks`. A write with an idempotency key: retried with the same key
    /// after transient failures. Store the `signing_secret` of the answer: the service does not show it
    /// again.
    Result<Webhook> create(const CreateWebhookRequest& request, const CallOptions& options = {}) const;
    /// Returns the endpoint whose URL is exactly `request.endpoint_url`, or creates it: `GET /v3/webhooks`,
    /// `GET /v3/webhooks/{id}` and, if there is none, `POST /v3/webhooks`. Call it at every start of a
    /// program. It reads all pages of endpoints and does not change an existing endpoint: its other members
    /// may differ from the request, and it may be inactive. If several endpoints have the URL, it returns the
    /// oldest active one, or the oldest if none is active.
    ///
    /// Programs that start at the same time with the same request create one endpoint, because the
    /// idempotency key is made from the request, unless `options` or the client have one. If `signing_secret`
    /// is set, store it; if not, use the stored one or rotate_secret(). `options` apply to each of the calls.
    Result<FoundWebhook> find_or_create(const CreateWebhookRequest& request,
                                        const CallOptions& options = {}) const;
    /// Returns one page of endpoints: `GET /v3/webhooks`. A read: retried after transient failures.
    Result<Page<Webhook>> list(const ListWebhooksRequest& request = {},
                               const CallOptions& options = {}) const;
    /// Returns a range over all endpoints that match, from `request.page` on. The range fetches pages of
    /// `request.page_size` lazily; each element is a Result, and an error is the last element.
    [[nodiscard]] PageRange<Webhook> all(const ListWebhooksRequest& request = {},
                                         const CallOptions& options = {}) const;
    /// Returns the endpoint with this id: `GET /v3/webhooks/{id}`. A read: retried after transient failures.
    Result<Webhook> get(std::string id, const CallOptions& options = {}) const;
    /// Replaces an endpoint: `PUT /v3/webhooks/{id}`. Set name, URL and event types together. A write with an
    /// idempotency key: retried with the same key after transient failures.
    Result<Webhook> update(const UpdateWebhookRequest& request, const CallOptions& options = {}) const;
    /// Removes an endpoint: `DELETE /v3/webhooks/{id}`. The service accepts no idempotency key here: if it is
    /// unknown whether the request took effect, the library does not retry it and the call ends with
    /// Outcome::unknown. It does not support the sandbox: a client in sandbox mode refuses it with
    /// ErrorKind::invalid_request.
    Result<void> remove(std::string id, const CallOptions& options = {}) const;
    /// Returns all types of events, in one page: `GET /v3/webhooks/event-types`. A read: retried after
    /// transient failures.
    Result<Page<WebhookEventType>> event_types(const CallOptions& options = {}) const;
    /// Returns one page of the log of deliveries: `GET /v3/webhooks/{id}/events`. A read: retried after
    /// transient failures.
    Result<Page<WebhookEvent>> events(const ListWebhookEventsRequest& request,
                                      const CallOptions& options = {}) const;
    /// Returns a range over all deliveries, from `request.page` on. The range fetches pages of
    /// `request.page_size` lazily; each element is a Result, and an error is the last element.
    [[nodiscard]] PageRange<WebhookEvent> all_events(const ListWebhookEventsRequest& request,
                                                     const CallOptions& options = {}) const;
    /// Replaces the signing secret and returns the new one: `POST /v3/webhooks/{id}/rotate-secret`. A write
    /// with an idempotency key: retried with the same key after transient failures. The service counts it as
    /// sensitive and allows 10 such calls a minute. The old secret is invalid at once, so pass the new one to
    /// the receiver immediately.
    Result<WebhookSecret> rotate_secret(std::string id, const CallOptions& options = {}) const;
    /// Sends a test event to the endpoint: `POST /v3/webhooks/{id}/test`. A write with an idempotency key:
    /// retried with the same key after transient failures. The service counts it as sensitive and allows 10
    /// such calls a minute. If the endpoint is inactive, the call fails with ErrorKind::bad_request
    /// (BUSINESS_010).
    Result<WebhookTest> test(std::string id, std::string event_type, const CallOptions& options = {}) const;
    /// Turns the endpoint on or off and returns it: `PATCH /v3/webhooks/{id}/toggle-status`. A write with an
    /// idempotency key: retried with the same key after transient failures.
    Result<Webhook> toggle_status(std::string id, bool is_active, const CallOptions& options = {}) const;

  private:
    Client client_;
};

}  // namespace v3
}  // namespace sent

inline sent::Webhooks sent::Client::webhooks() const {
    return Webhooks{*this};
}

SENT_DETAIL_DESCRIBE(sent::v3::RotateWebhookSecretRequest);
SENT_DETAIL_DESCRIBE(sent::v3::WebhookSecret);
SENT_DETAIL_DESCRIBE(sent::v3::TestWebhookRequest);
SENT_DETAIL_DESCRIBE(sent::v3::WebhookTest);
SENT_DETAIL_DESCRIBE(sent::v3::ToggleWebhookRequest);
SENT_DETAIL_OPERATION(sent::v3::CreateWebhookRequest, sent::v3::Webhook);
SENT_DETAIL_OPERATION(sent::v3::UpdateWebhookRequest, sent::v3::Webhook);
SENT_DETAIL_OPERATION(sent::v3::ListWebhooksRequest, sent::Page<sent::v3::Webhook>);
SENT_DETAIL_OPERATION(sent::v3::GetWebhookRequest, sent::v3::Webhook);
SENT_DETAIL_OPERATION(sent::v3::RemoveWebhookRequest, void);
SENT_DETAIL_OPERATION(sent::v3::ListWebhookEventTypesRequest, sent::Page<sent::v3::WebhookEventType>);
SENT_DETAIL_OPERATION(sent::v3::ListWebhookEventsRequest, sent::Page<sent::v3::WebhookEvent>);
SENT_DETAIL_OPERATION(sent::v3::RotateWebhookSecretRequest, sent::v3::WebhookSecret);
SENT_DETAIL_OPERATION(sent::v3::TestWebhookRequest, sent::v3::WebhookTest);
SENT_DETAIL_OPERATION(sent::v3::ToggleWebhookRequest, sent::v3::Webhook);
