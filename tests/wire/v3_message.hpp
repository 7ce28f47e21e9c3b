#pragma once

#include <string>

#include <gtest/gtest.h>

#include "wire/v3_calls.hpp"

/// @file
/// The message of the golden replies of `messages.get` and of the conversations.

namespace wire {

inline void expect_whole_body(const sent::MessageBody& body) {
    EXPECT_EQ(body.header, "Visit");
    EXPECT_EQ(body.content, "Mira, see you at 14:30.");
    EXPECT_EQ(body.footer, "Reply STOP to end");
    EXPECT_EQ(body.subject, "Your visit");
    EXPECT_EQ(body.header_media.text, R"({"type":"image","url":"https://cdn.example.org/h.png"})");
    const auto header_media = header_media_of(body);
    ASSERT_TRUE(header_media);
    EXPECT_EQ(header_media->type, "image");
    EXPECT_EQ(header_media->url, "https://cdn.example.org/h.png");
    ASSERT_EQ(body.media.size(), 1U);
    EXPECT_EQ(body.media[0].url, "https://cdn.example.org/a.png");
    EXPECT_EQ(body.media[0].media_type, "image/png");
    ASSERT_EQ(body.buttons.size(), 2U);
    EXPECT_EQ(body.buttons[0].type, "QUICK_REPLY");
    EXPECT_EQ(body.buttons[0].value, "confirm");
    EXPECT_EQ(body.buttons[0].text, "Confirm");
    EXPECT_EQ(body.buttons[0].postback_data, "c=1");
    EXPECT_EQ(body.buttons[1].type, "URL");
    EXPECT_EQ(body.buttons[1].value, "https://example.org/v");
    EXPECT_FALSE(body.buttons[1].text);
    EXPECT_FALSE(body.buttons[1].postback_data);
}

inline void expect_whole_message(const sent::Message& message) {
    EXPECT_EQ(message.id, message_id);
    EXPECT_EQ(message.customer_id, sender_id);
    EXPECT_EQ(message.contact_id, contact_id);
    EXPECT_EQ(message.phone, phone_number);
    EXPECT_EQ(message.phone_international, "+44 20 7183 8750");
    EXPECT_EQ(message.region_code, "GB");
    EXPECT_EQ(message.template_id, template_id);
    EXPECT_EQ(message.template_name, "visit_reminder");
    EXPECT_EQ(message.template_category, sent::TemplateCategory::utility);
    EXPECT_EQ(message.channel, sent::Channel::whatsapp);
    EXPECT_EQ(message.status, sent::MessageStatus::delivered);
    EXPECT_EQ(message.direction, sent::MessageDirection::outbound);
    EXPECT_EQ(message.created_at, at("2026-03-11T21:50:50.1826058Z"));
    EXPECT_EQ(message.price, 0.0055);
    EXPECT_EQ(message.active_contact_price, 0.01);
    EXPECT_EQ(message.scheduled_at, at("2026-03-11T22:00:00Z"));
    EXPECT_EQ(message.metadata.text, R"({"campaign":"spring","n":[1,2]})");
    ASSERT_TRUE(message.message_body);
    expect_whole_body(*message.message_body);
    ASSERT_EQ(message.events.size(), 2U);
    EXPECT_EQ(message.events[0].status, sent::MessageStatus::queued);
    EXPECT_EQ(message.events[0].timestamp, at("2026-03-11T21:50:50.2Z"));
    EXPECT_EQ(message.events[0].description, "taken");
    EXPECT_EQ(message.events[1].status, sent::MessageStatus::delivered);
    EXPECT_EQ(message.events[1].timestamp, at("2026-03-11T21:50:52Z"));
    EXPECT_FALSE(message.events[1].description);
}

inline void expect_empty_message(const sent::Message& message, const std::string& id) {
    EXPECT_EQ(message.id, id);
    EXPECT_EQ(message.customer_id, "");
    EXPECT_EQ(message.contact_id, "");
    EXPECT_EQ(message.phone, "");
    EXPECT_EQ(message.phone_international, "");
    EXPECT_EQ(message.region_code, "");
    EXPECT_FALSE(message.template_id);
    EXPECT_FALSE(message.template_name);
    EXPECT_FALSE(message.template_category);
    EXPECT_TRUE(message.channel.empty());
    EXPECT_FALSE(message.message_body);
    EXPECT_TRUE(message.status.empty());
    EXPECT_TRUE(message.direction.empty());
    EXPECT_FALSE(message.created_at);
    EXPECT_FALSE(message.price);
    EXPECT_FALSE(message.active_contact_price);
    EXPECT_TRUE(message.events.empty());
    EXPECT_FALSE(message.scheduled_at);
    // Null is an open member's value, too.
    EXPECT_TRUE(message.metadata.text.empty() || message.metadata.text == "null");
}

inline void expect_strange_message(const sent::Message& message) {
    EXPECT_EQ(message.id, message_id);
    EXPECT_EQ(message.status.str(), "TELEPORTED");
    EXPECT_EQ(message.direction.str(), "SIDEWAYS");
    EXPECT_EQ(message.channel.str(), "carrier-pigeon");
    EXPECT_EQ(message.template_category, "POETRY");
    EXPECT_FALSE(message.created_at);
    EXPECT_EQ(message.price, 0.04) << "a number from its text";
    ASSERT_TRUE(message.message_body);
    EXPECT_EQ(message.message_body->content, "Hi");
    EXPECT_FALSE(message.message_body->header);
    EXPECT_FALSE(message.message_body->footer);
    EXPECT_TRUE(message.message_body->buttons.empty());
    EXPECT_TRUE(message.message_body->media.empty());
    ASSERT_EQ(message.events.size(), 2U);
    EXPECT_EQ(message.events[0].status.str(), "SHREDDED");
    EXPECT_FALSE(message.events[0].timestamp);
}

}  // namespace wire
