package io.socketharness.examples.spring;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The application under test. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(Invitations.class)
class Application {}
